import type { ImportProgress } from '@/components/live/live-types'

/** What is still to be done before the use cases have a log to show. */
export type CaseStage =
  | { readonly kind: 'missing' }
  | { readonly kind: 'importing'; readonly dataset: string; readonly progress: ImportProgress | null }
  | { readonly kind: 'unlinked'; readonly dataset: string }
  | { readonly kind: 'linking'; readonly reconstruction: string; readonly progress: { readonly done: number; readonly total: number } | null }
  | { readonly kind: 'failed'; readonly message: string; readonly href: string }
