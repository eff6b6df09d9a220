'use client'
import { useSyncExternalStore } from 'react'

/** A question that was asked in this browser. */
export interface AskedBefore {
  readonly text: string
  readonly dataset: string
  readonly matched: number
  readonly seconds: number
  readonly at: number
}

const KEY = 'auditweave.asked'
const MOST = 100
const NONE: readonly AskedBefore[] = []
const changes = new Set<() => void>()
let read: { readonly text: string | null; readonly entries: readonly AskedBefore[] } = { text: null, entries: NONE }

function entries(): readonly AskedBefore[] {
  const text = localStorage.getItem(KEY)
  if (text !== read.text) read = { text, entries: parse(text) }
  return read.entries
}

function parse(text: string | null): readonly AskedBefore[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter(isEntry).slice(0, MOST) : NONE
  } catch {
    return NONE
  }
}

function isEntry(value: unknown): value is AskedBefore {
  const { text, dataset, matched, seconds, at } = (value ?? {}) as Partial<Record<keyof AskedBefore, unknown>>
  return typeof text === 'string' && typeof dataset === 'string' && [matched, seconds, at].every((one) => typeof one === 'number')
}

function write(next: readonly AskedBefore[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // A browser without room forgets.
  }
  for (const change of changes) change()
}

/** Notes a question, the newest first; the same one asked again moves up. */
export function noteAsked(entry: AskedBefore): void {
  write([entry, ...entries().filter(({ text, dataset }) => text !== entry.text || dataset !== entry.dataset)].slice(0, MOST))
}

/** Forgets all, and gives them back for undo. */
export function forgetAsked(): readonly AskedBefore[] {
  const before = entries()
  write(NONE)
  return before
}

export function restoreAsked(before: readonly AskedBefore[]): void {
  write([...entries(), ...before].slice(0, MOST))
}

function subscribe(change: () => void): () => void {
  changes.add(change)
  window.addEventListener('storage', change)
  return () => {
    changes.delete(change)
    window.removeEventListener('storage', change)
  }
}

export function useAskedBefore(): readonly AskedBefore[] {
  return useSyncExternalStore(subscribe, entries, () => NONE)
}
