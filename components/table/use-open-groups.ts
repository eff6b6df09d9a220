'use client'
import { useCallback, useState } from 'react'

/** Which groups show their rows: all or none as the address has it, but for those that were clicked. */
export function useOpenGroups(open: boolean): { isOpen: (key: string) => boolean; expand: (key: string) => void } {
  const [turned, setTurned] = useState<{ readonly open: boolean; readonly keys: ReadonlySet<string> }>({ open, keys: new Set() })
  const keys = turned.open === open ? turned.keys : NONE
  const isOpen = useCallback((key: string) => open !== keys.has(key), [open, keys])
  const expand = useCallback((key: string) => setTurned((now) => {
    const next = new Set(now.open === open ? now.keys : NONE)
    if (!next.delete(key)) next.add(key)
    return { open, keys: next }
  }), [open])
  return { isOpen, expand }
}

const NONE: ReadonlySet<string> = new Set()
