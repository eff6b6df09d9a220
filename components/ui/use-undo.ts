'use client'
import { useCallback, useRef } from 'react'
import { useKey } from '@/components/keys/use-key'
import { showFailure, showToast } from './toast'

type Undo = () => Promise<void> | void

/** Says what was done and how to take it back: by the button of the message, or by Ctrl/Cmd+Z while the page stands. */
export function useUndo(): (text: string, undo: Undo) => void {
  const stack = useRef<Undo[]>([])
  const take = useCallback((undo: Undo) => {
    stack.current = stack.current.filter((other) => other !== undo)
    Promise.resolve().then(undo).catch(showFailure)
  }, [])
  useKey('mod+z', 'Undo', 'Everywhere', () => {
    const last = stack.current.at(-1)
    if (last) take(last)
    else showToast('Nothing to undo on this page.')
  })
  return useCallback((text: string, undo: Undo) => {
    stack.current = [...stack.current.slice(-19), undo]
    showToast(text, { action: { label: 'Undo', run: () => take(undo) } })
  }, [take])
}
