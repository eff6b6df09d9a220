/** What is known of an event beside its label: by this, lines are told apart and grouped. Null where the event does not say. */
export interface LineFacets {
  readonly seq: number
  readonly micros: number | null
  readonly verb: string | null
  readonly user: string | null
  readonly resource: string | null
  readonly object: string | null
  /** The program without its version, e.g. "kubectl". */
  readonly agent: string | null
  readonly code: number | null
  /** The context that the truth puts it in; null for background. */
  readonly context: string | null
}

export const FACETS = ['context', 'verb', 'resource', 'agent', 'user'] as const
export type Facet = (typeof FACETS)[number]

/** "kubectl/v1.31.0 (linux/amd64) kubernetes/abc" is "kubectl". */
export function agentName(userAgent: string | null): string | null {
  return userAgent === null ? null : (/^[^/\s(]{1,80}/.exec(userAgent)?.[0] ?? null)
}
