'use client'
import { useState } from 'react'
import { formatQuery, type QueryError } from '@/lib/query'

export interface Draft {
  readonly text: string
  readonly error: QueryError | null
  set(text: string): void
  check(error: QueryError | null): void
  format(use: (text: string) => void): void
}

/** What is being written; it follows the address where that changes by itself. */
export function useDraft(asked: string): Draft {
  const [text, setText] = useState(asked)
  const [seen, setSeen] = useState(asked)
  const [error, setError] = useState<QueryError | null>(null)
  if (seen !== asked) {
    setSeen(asked)
    setText(asked)
  }
  return { text, error, set: setText, check: setError, format: (use) => { if (error === null && text.trim() !== '') use(formatQuery(text)) } }
}
