'use client'

import { Editor, type OnMount } from '@monaco-editor/react'
import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import { AUDIT_CATALOGUE } from '@/lib/query'
import { dropCatalogue, setCatalogue } from './catalogues'
import { addEditorKeys, replaceText } from './editor-keys'
import { LANGUAGE_ID } from './language'
import { findError, toMarker } from './markers'
import { monaco } from './monaco'
import { EDITOR_OPTIONS } from './options'
import { DEFAULT_HEIGHT, type QueryEditorProps } from './props'
import { setUpMonaco } from './set-up'
import { DARK_THEME, LIGHT_THEME } from './themes'
import { useDark } from './use-dark'
import { useExternalValue } from './use-external-value'

setUpMonaco()

const PAUSE_MS = 200
type MountedEditor = Parameters<OnMount>[0]

/** The Monaco half of QueryEditor; load it in the browser only. */
export default function MonacoQueryEditor(props: QueryEditorProps) {
  const { value, fields, values, counts, lookUp, handle, ariaLabel, placeholder = '', height = DEFAULT_HEIGHT } = props
  const dark = useDark()
  const [editor, setEditor] = useState<MountedEditor | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const model = editor?.getModel()?.uri.toString()
    if (model === undefined) return
    setCatalogue(model, { fields: fields ?? AUDIT_CATALOGUE.fields, ...(values && { values }), ...(counts && { counts }) }, lookUp ?? null)
    return () => dropCatalogue(model)
  }, [editor, fields, values, counts, lookUp])

  useImperativeHandle(handle, () => ({ focus: () => editor?.focus(), replace: (text) => { if (editor) replaceText(editor, text) } }), [editor])

  useEffect(() => {
    const model = editor?.getModel()
    if (!model) return
    const timer = setTimeout(() => {
      const error = findError(value)
      monaco.editor.setModelMarkers(model, LANGUAGE_ID, error ? [toMarker(model, error)] : [])
      latest.current.onCheck?.(error)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [editor, value])

  const tell = useExternalValue(editor, value)
  const change = (text: string): void => {
    tell(text)
    latest.current.onChange(text)
  }

  const onMount: OnMount = (mounted) => {
    addEditorKeys(mounted, () => latest.current.onSubmit?.(mounted.getValue()))
    setEditor(mounted)
  }

  return (
    <Editor
      height={height}
      language={LANGUAGE_ID}
      defaultValue={value}
      theme={dark ? DARK_THEME : LIGHT_THEME}
      loading={null}
      onChange={(text) => change(text ?? '')}
      onMount={onMount}
      options={{ ...EDITOR_OPTIONS, ariaLabel, placeholder }}
    />
  )
}
