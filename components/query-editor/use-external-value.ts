'use client'

import { useEffect, useRef } from 'react'
import type { monaco } from './monaco'

/**
 * Puts a value from outside into the editor, and never one that the editor itself has told: React renders late, so a
 * controlled value would put back what was typed a few keys ago. Returns what to call with every change typed.
 */
export function useExternalValue(editor: monaco.editor.IStandaloneCodeEditor | null, value: string): (typed: string) => void {
  const told = useRef<string[]>([])
  useEffect(() => {
    const echo = told.current.indexOf(value)
    if (echo >= 0) {
      told.current.splice(0, echo + 1)
      return
    }
    if (!editor || editor.getValue() === value) return
    told.current = []
    editor.setValue(value)
    // Setting tells a change as well; nothing is to be echoed for it.
    told.current = []
  }, [editor, value])
  return (typed) => void told.current.push(typed)
}
