'use client'
import { useEffect } from 'react'
import { keyRegistry } from './key-registry'

const FIELDS = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=""], [contenteditable=true], .monaco-editor'

/** Hands key presses to the registry, leaving text fields, open dialogs and menus to themselves. */
export function KeyListener() {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      const target = event.target instanceof Element ? event.target : null
      const typing = target?.closest(FIELDS) !== null && target !== null
      const overlaid = target?.closest('[role=dialog], [role=menu]') !== null && target !== null
      keyRegistry.press(event, typing || overlaid, performance.now())
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return null
}
