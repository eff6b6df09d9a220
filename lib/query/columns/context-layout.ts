import type { RequestRows } from './request-rows'

/** What the columns need of a context; a `ContextRecord` is one. */
export interface QueriedContext {
  readonly id: string
  readonly trigger: { readonly auditID: string }
  readonly label: object | null
  readonly events: number
  readonly first: string | null
  readonly last: string | null
  /** auditIDs in order of time received. */
  readonly members: readonly string[]
}

/** What was found about a line; a `ReconstructedRecord` is one. */
export interface QueriedRecord {
  readonly auditID: string
  readonly role: string
  readonly label: object | null
  readonly confidence: number | null
}

/** Members behind one another, context by context: those of context c lie from `begins[c]` up to `begins[c + 1]`. */
export interface ContextLayout {
  readonly begins: Uint32Array
  /** The row of each member. */
  readonly memberRows: Int32Array
  /** How many members each context has. */
  readonly sizes: Uint32Array
  /** The context of each member. */
  readonly contextOfMember: Int32Array
  /** The row of each context's trigger, -1 where the log has none. */
  readonly triggerRows: Int32Array
  /** The context of each row, -1 where it has none. */
  readonly contextOfRow: Int32Array
}

/** Lays contexts out over the rows of a log; members that it does not have are left out. */
export function layOut(contexts: readonly QueriedContext[], requests: RequestRows, rows: number): ContextLayout {
  const begins = new Uint32Array(contexts.length + 1)
  const memberRows: number[] = []
  const contextOfMember: number[] = []
  const contextOfRequest = new Int32Array(requests.count).fill(-1)
  contexts.forEach(({ members }, context) => {
    for (const auditID of members) {
      const request = requests.numberOf(auditID)
      if (request < 0) continue
      memberRows.push(requests.rowOf(request))
      contextOfMember.push(context)
      contextOfRequest[request] = context
    }
    begins[context + 1] = memberRows.length
  })
  return {
    begins,
    sizes: Uint32Array.from(contexts, (_, context) => (begins[context + 1] ?? 0) - (begins[context] ?? 0)),
    memberRows: Int32Array.from(memberRows),
    contextOfMember: Int32Array.from(contextOfMember),
    triggerRows: Int32Array.from(contexts, (context) => requests.rowOf(requests.numberOf(context.trigger.auditID))),
    // Every stage of a request is of the request's context.
    contextOfRow: Int32Array.from({ length: rows }, (_, row) => contextOfRequest[requests.requestOf(row)] ?? -1),
  }
}
