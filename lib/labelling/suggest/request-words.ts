import { verbClass } from '@/lib/labels/verbs'
import type { LabellingLog } from '../types'

/** What a request did and who sent it, in a few words. */
export interface RequestWords {
  /** `create pods/exec shop/cart`. */
  readonly action: string
  /** `18:20:11`, UTC; empty where the log has no time. */
  readonly at: string
  readonly user: string
}

/** Longest name that a reason quotes; a log may hold names of any length. */
const LONGEST = 120

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

/** Reads requests off the columns of a log; of several stages the first stands for its request. */
export class RequestReader {
  readonly #lineOf: Int32Array
  readonly #places: Map<string, number>

  constructor(readonly log: LabellingLog) {
    this.#lineOf = new Int32Array(log.auditIDs.length).fill(-1)
    log.request.forEach((request, line) => { if (this.#lineOf[request] === -1) this.#lineOf[request] = line })
    this.#places = new Map(log.auditIDs.map((auditID, request) => [auditID, request]))
  }

  /** Index of a request; -1 where the log does not have it. */
  requestOf(auditID: string): number {
    return this.#places.get(auditID) ?? -1
  }

  /** First line of a request, -1 where there is none. */
  lineOf(request: number): number {
    return this.#lineOf[request] ?? -1
  }

  text(column: readonly number[], line: number): string {
    return this.log.texts[column[line] ?? -1] ?? ''
  }

  words(request: number): RequestWords {
    const { log } = this
    const line = this.lineOf(request)
    const [resource, subresource, namespace, name] = [log.resource, log.subresource, log.namespace, log.name].map((column) => this.text(column, line))
    const kind = subresource ? `${resource}/${subresource}` : resource ?? ''
    const object = [namespace, name].filter(Boolean).join('/')
    const millis = log.at[line]
    const known = millis !== undefined && Number.isFinite(log.firstMillis + millis)
    return {
      action: cut([this.text(log.verb, line), kind, object].filter(Boolean).join(' ')),
      at: known ? new Date(log.firstMillis + millis).toISOString().slice(11, 19) : '',
      user: cut(this.text(log.user, line)),
    }
  }

  /** Whether the request is for an API object at all. */
  isApi(request: number): boolean {
    const line = this.lineOf(request)
    return this.text(this.log.resource, line) !== '' && verbClass(this.text(this.log.verb, line)) !== null
  }
}
