/** One alert of another tool, as much of it as is needed to find the request that it is about. */
export interface ForeignAlert {
  /** Line of the file, from 1. */
  readonly line: number
  readonly rule: string
  /** As the tool writes it: `Warning`, `high`; empty where it says nothing. */
  readonly severity: string
  readonly auditID: string | null
  /** When the request's stage ended, which Falco gives as the time of the alert; microseconds since the Unix epoch. */
  readonly micros: number | null
  readonly user: string | null
  readonly verb: string | null
  readonly resource: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly uri: string | null
  /** What it says to people, cut to 500 characters. */
  readonly text: string | null
}
