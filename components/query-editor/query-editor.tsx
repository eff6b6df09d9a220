'use client'

import { visibleText } from '@/components/format/visible'
import dynamic from 'next/dynamic'
import { DEFAULT_HEIGHT, type QueryEditorProps } from './props'

const MonacoQueryEditor = dynamic(() => import('./monaco-query-editor'), { ssr: false, loading: () => null })

/**
 * A field for queries with highlighting, completion, error squiggles and hover documentation; Ctrl/Cmd+Enter submits.
 * It has its final size from the first paint: the text stands in plain letters until the editor is loaded.
 */
export function QueryEditor(props: QueryEditorProps) {
  const { value, placeholder = '', height = DEFAULT_HEIGHT } = props
  return (
    <div className="relative overflow-hidden rounded-md border" style={{ height: height + 2 }}>
      <pre aria-hidden className="absolute inset-0 overflow-hidden whitespace-pre-wrap px-2 py-2 font-mono text-13 text-dim">{value ? value.split('\n').map((line) => visibleText(line)).join('\n') : placeholder}</pre>
      <div className="absolute inset-0">
        <MonacoQueryEditor {...props} />
      </div>
    </div>
  )
}
