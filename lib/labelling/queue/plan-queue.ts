import type { LabellingLog, LabelStanding } from '../types'
import { heldBack } from './hold-back'
import { queueOrder, type QueuedRequest } from './queue-order'
import { requestKind } from './request-kind'
import { shuffled } from '@/lib/model/random'

export const QUEUE_ORDERS = ['uncertain', 'random', 'log'] as const
export type QueueKind = (typeof QUEUE_ORDERS)[number]

/** Answer of GET queue: requests by index into the log's auditIDs, the next to label first, and the held-back sample, which is never among them. */
export interface QueueAnswer {
  readonly order: readonly number[]
  /** Those of the sample that nobody has labelled yet, in random order. */
  readonly holdBack: readonly number[]
  /** Whether a model told how uncertain it is; without one the order is that of the log, but for one in ten. */
  readonly informed: boolean
}

/** What is known of a request beside its line. */
export interface Known {
  readonly standing: LabelStanding
  readonly skipped: boolean
  /** -1 where nothing is known. */
  readonly uncertainty: number
  /** What the model says of it. */
  readonly said: string | number
}

export interface QueuePlan {
  readonly kind: QueueKind
  readonly count: number
  readonly seed: number
  /** Requests of an assignment, which alone are to be labelled and hold nothing back; null for all. */
  readonly among: ReadonlySet<string> | null
}

/** Puts what is left to label in order: requests for API objects that bear no label, those that were skipped last. */
export function planQueue(log: LabellingLog, known: (auditID: string) => Known, { kind, count, seed, among }: QueuePlan): QueueAnswer {
  const lineOf = firstLines(log)
  const text = (column: readonly number[], line: number): string => log.texts[column[line] ?? -1] ?? ''
  const sample = among ? [] : heldBack(log.auditIDs)
  const apart = new Set(sample)
  const [queued, skipped, left]: [QueuedRequest[], QueuedRequest[], number[]] = [[], [], []]
  log.auditIDs.forEach((auditID, request) => {
    const line = lineOf[request] ?? -1
    const { standing, skipped: wasSkipped, uncertainty, said } = known(auditID)
    if (text(log.resource, line) === '' || (among && !among.has(auditID)) || (standing !== 'unlabelled' && standing !== 'suggested')) return
    if (apart.has(request)) { left.push(request); return }
    const parts = { verb: text(log.verb, line), resource: text(log.resource, line), subresource: text(log.subresource, line), user: text(log.user, line), said }
    const one = { request, uncertainty, kind: requestKind(parts) }
    if (wasSkipped) skipped.push(one)
    else queued.push(one)
  })
  const ordered = (requests: readonly QueuedRequest[]): number[] => inOrder(kind, requests, Math.max(0, count), seed)
  return { order: [...ordered(queued), ...ordered(skipped)].slice(0, count), holdBack: draw(left, seed), informed: queued.some(({ uncertainty }) => uncertainty >= 0) }
}

function inOrder(kind: QueueKind, requests: readonly QueuedRequest[], count: number, seed: number): number[] {
  if (kind === 'uncertain') return queueOrder(requests, { count, seed })
  const all = requests.map(({ request }) => request)
  return (kind === 'log' ? all : draw(all, seed)).slice(0, count)
}

const DRAWN = 0x68656c64

const draw = (requests: readonly number[], seed: number): number[] => [...shuffled(Int32Array.from(requests), seed, 'shuffle', DRAWN)]

function firstLines(log: LabellingLog): Int32Array {
  const lineOf = new Int32Array(log.auditIDs.length).fill(-1)
  log.request.forEach((request, line) => { if (lineOf[request] === -1) lineOf[request] = line })
  return lineOf
}
