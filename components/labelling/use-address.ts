'use client'
import { useSearchParams } from 'next/navigation'
import { useEffect, useEffectEvent, useState } from 'react'
import { readAddress, writeAddress, type LabelAddress } from './address'

/** Nobody types this slowly: while keys come, the address waits, as each change of it draws the page's frame anew. */
const PAUSE_MS = 700

/** What the page was opened with, and the writing back of what it shows. */
export function useFirstAddress(): LabelAddress {
  const params = useSearchParams()
  const [first] = useState(() => readAddress(new URLSearchParams(params)))
  return first
}

/** Writes the address a pause after its last change, and at once when the page is left. */
export function useWrittenAddress(address: LabelAddress): void {
  const query = writeAddress(address)
  const write = useEffectEvent(() => writeQuery(query))
  useEffect(() => {
    const timer = setTimeout(() => writeQuery(query), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [query])
  useEffect(() => {
    const leave = (): void => write()
    window.addEventListener('pagehide', leave)
    return () => window.removeEventListener('pagehide', leave)
  }, [])
}

function writeQuery(query: string): void {
  if (query !== window.location.search.slice(1)) window.history.replaceState(null, '', `${window.location.pathname}${query ? `?${query}` : ''}${window.location.hash}`)
}
