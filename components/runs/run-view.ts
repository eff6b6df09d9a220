import type { Run } from '@/lib/store/run-types'

/** A whole run as its page reads it. */
export type RunView = Run
