import type { AuditEvent } from '@/lib/audit/event'
import { isExternalUser } from '@/lib/labels/external-user'
import { proposeLabel, type Proposal } from '@/lib/labels/own-action'
import { columnEvent } from './column-event'
import type { CheckInput, SplitColumns, StandingLabel } from './types'

/** The requests of a context, in order of time. */
export interface ContextFacts {
  readonly id: string
  readonly members: readonly number[]
  readonly triggers: readonly number[]
}

/** What checks read off the columns, each gathered once. Requests and lines are numbered as in the log. */
export class LogFacts {
  readonly input: CheckInput
  /** The first line of each request, and all its lines. */
  readonly firstLine: Int32Array
  readonly contexts: readonly ContextFacts[]
  readonly #linesOf: readonly (readonly number[])[]
  readonly #proposals = new Map<number, Proposal>()

  constructor(input: CheckInput) {
    this.input = input
    const { log } = input
    const lines: number[][] = log.auditIDs.map(() => [])
    log.request.forEach((request, line) => lines[request]?.push(line))
    this.#linesOf = lines
    this.firstLine = Int32Array.from(lines, (own) => own[0] ?? -1)
    this.contexts = this.#gatherContexts()
  }

  get splits(): readonly SplitColumns[] { return this.input.splits ?? [] }

  labelOf(request: number): StandingLabel | null { return this.input.labels[request] ?? null }

  linesOf(request: number): readonly number[] { return this.#linesOf[request] ?? [] }

  lineOf(request: number): number { return this.firstLine[request] ?? -1 }

  /** Milliseconds after the log's first line, null where the log has no time. */
  timeOf(request: number): number | null { return this.lineTime(this.lineOf(request)) }

  lineTime(line: number): number | null {
    const { log, timeless } = this.input
    const at = log.at[line]
    return at === undefined || timeless?.has(log.seq[line] ?? -1) ? null : at
  }

  eventOf(request: number): AuditEvent { return columnEvent(this.input.log, this.lineOf(request)) }

  isExternal(request: number): boolean { return isExternalUser(this.eventOf(request)) }

  /** The request's own action as a label. */
  proposalOf(request: number): Proposal {
    const known = this.#proposals.get(request) ?? proposeLabel(this.eventOf(request))
    this.#proposals.set(request, known)
    return known
  }

  text(column: 'verb' | 'user' | 'group' | 'resource' | 'subresource' | 'namespace' | 'name' | 'stage', line: number): string {
    const index = this.input.log[column][line] ?? -1
    return index < 0 ? '' : (this.input.log.texts[index] ?? '')
  }

  #gatherContexts(): ContextFacts[] {
    const byId = new Map<string, number[]>()
    this.input.labels.forEach((label, request) => {
      if (!label?.context || this.lineOf(request) < 0) return
      const members = byId.get(label.context)
      if (members) members.push(request)
      else byId.set(label.context, [request])
    })
    return [...byId].map(([id, members]) => {
      members.sort((a, b) => this.lineOf(a) - this.lineOf(b))
      return { id, members, triggers: members.filter((request) => this.labelOf(request)?.role === 'trigger') }
    })
  }
}
