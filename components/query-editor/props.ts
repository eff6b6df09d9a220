import type { QueryError, QueryField } from '@/lib/query'

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
  readonly ariaLabel: string
  /** In pixels; fixed, so that nothing moves while the editor loads. */
  readonly height?: number
  readonly placeholder?: string
}

export const DEFAULT_HEIGHT = 96
