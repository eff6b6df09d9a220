import type { RefObject } from 'react'
import type { QueryError, QueryField } from '@/lib/query'
import type { LookUp } from './catalogues'

/** What a page may ask of the editor. */
export interface QueryEditorHandle {
  focus(): void
  /** Puts another text in, so that undo brings the former back. */
  replace(text: string): void
}

export interface QueryEditorProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Ctrl/Cmd+Enter, with the text as it stands; it may be no query. */
  readonly onSubmit?: (value: string) => void
  /** The text's error, or null, a moment after each change. */
  readonly onCheck?: (error: QueryError | null) => void
  /** Fields to complete; those of the audit event where left out. */
  readonly fields?: readonly QueryField[]
  /** Values seen in the data, by full path, commonest first. */
  readonly values?: Readonly<Record<string, readonly string[]>>
  /** In how many lines each of `values` stands, in the same places. */
  readonly counts?: Readonly<Record<string, readonly number[]>>
  /** Asked for values while one is typed; `values` alone where left out. */
  readonly lookUp?: LookUp
  readonly handle?: RefObject<QueryEditorHandle | null>
  readonly ariaLabel: string
  /** In pixels; fixed, so that nothing moves while the editor loads. */
  readonly height?: number
  readonly placeholder?: string
}

export const DEFAULT_HEIGHT = 96
