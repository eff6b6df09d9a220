import type { VerbClass } from './verbs'

/**
 * The action f_A = (r, s, v, n, u) that a context is labelled with. `group` is '' for the core
 * group, `subresource` is '' where there is none, `code` is the integer of the five parts.
 */
export interface ActionLabel {
  readonly group: string
  readonly resource: string
  readonly subresource: string
  readonly verb: VerbClass
  readonly namespaced: boolean
  readonly single: boolean
  readonly code: number
}

/** What a label is made of; `verb` is any of the eight verbs, reduced to its class. */
export interface LabelParts {
  readonly group: string
  readonly resource: string
  readonly subresource?: string
  readonly verb: string
  readonly namespaced: boolean
  readonly single: boolean
}
