import type { RulePreview } from './preview'

/** Answer of GET rules: none until a reconstruction for those who label is there (POST suggestions makes one). */
export interface RulesAnswer {
  readonly state: 'none' | 'ready'
  /** In the order they are asked. */
  readonly rules: readonly RulePreview[]
}

/** Answer of POST rules: the act that was written, which undo takes back; null where there was nothing to take. */
export interface RulesTaken {
  readonly batch: string | null
  readonly taken: number
  readonly newest: number
}
