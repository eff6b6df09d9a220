import { z } from 'zod'

export const PARTS = ['train', 'validation', 'test'] as const
export type Part = (typeof PARTS)[number]

const share = z.number().gt(0).lt(1)
const shares = { validation: share, test: share }
const seed = z.int().min(0).max(2 ** 31 - 1)
const time = z.iso.datetime({ offset: true })

/** How the requests of a data set are dealt to parts. Shares are of its requests; what is not validation or test is trained on. */
export const splitSpecSchema = z.discriminatedUnion('protocol', [
  /** Each request by itself, drawn by seed: contexts and windows are torn. */
  z.strictObject({ protocol: z.literal('random'), seed, ...shares }),
  /** Three blocks in order of time, with `gap` lines left out between them. */
  z.strictObject({ protocol: z.literal('blocked'), gap: z.int().min(0).max(100_000), ...shares }),
  /** All that one user caused into one part. */
  z.strictObject({ protocol: z.literal('user'), seed, ...shares }),
  /** All that was caused in one namespace into one part. */
  z.strictObject({ protocol: z.literal('namespace'), seed, ...shares }),
  /** Validation from one moment on, test from a later one. */
  z.strictObject({ protocol: z.literal('time'), validationFrom: time, testFrom: time }),
])

export type SplitSpec = z.infer<typeof splitSpecSchema>
export type SplitProtocol = SplitSpec['protocol']
export const SPLIT_PROTOCOLS: readonly SplitProtocol[] = ['random', 'blocked', 'user', 'namespace', 'time']

/** What dealing needs of a request; one an auditID. */
export interface SplitRequest {
  readonly auditID: string
  /** Its first line, counted in order of time received. */
  readonly line: number
  /** Null where the log has no time. */
  readonly micros: number | null
  readonly user: string | null
  readonly namespace: string | null
  readonly object: string | null
  readonly context: string | null
  /** Whether it is the trigger of its context. */
  readonly trigger: boolean
  /** `labelKey` of its label; null without one. */
  readonly label: string | null
}

/** How a split was made, in words. */
export function splitText(spec: SplitSpec): string {
  const percent = (value: number): string => `${Math.round(value * 1000) / 10}%`
  if (spec.protocol === 'time') return `by time: validation from ${spec.validationFrom}, test from ${spec.testFrom}`
  const rest = `${percent(spec.validation)} validation, ${percent(spec.test)} test`
  switch (spec.protocol) {
    case 'random': return `random, seed ${spec.seed}: ${rest}`
    case 'blocked': return `blocked, ${spec.gap} lines between parts: ${rest}`
    default: return `by ${spec.protocol}, seed ${spec.seed}: ${rest}`
  }
}
