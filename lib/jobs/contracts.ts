import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'

const id = z.string().regex(/^[0-9a-z]{12}$/)
const name = z.string().min(1).max(255)

/** What each kind of job carries: every payload that crosses the queue, in one place. */
export const payloads = {
  /** Carry out a queued run. */
  run: z.strictObject({ id }),
  /** Find the contexts of a data set, for a queued reconstruction. */
  reconstruct: z.strictObject({ id }),
  /** Find out what a stored model looks at. */
  explain: z.strictObject({ id }),
  /** Import a file that lies on this machine into a prepared row: an upload, or a capture that ships. */
  import: z.strictObject({
    id,
    name,
    sourceName: name,
    from: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('upload'), uploadId: id, truthUploadId: id.nullable(), truthName: name.nullable() }),
      z.strictObject({ kind: z.literal('shipped'), folder: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/) }),
    ]),
    keepSecrets: z.boolean(),
  }),
} as const

export type JobKind = keyof typeof payloads
export const JOB_KINDS = Object.keys(payloads) as readonly JobKind[]
export type Payload<K extends JobKind> = z.infer<(typeof payloads)[K]>

/** @throws AuditweaveError 'bad-job' when a job of this kind cannot carry that; another version may have sent it. */
export function parsePayload<K extends JobKind>(kind: K, value: unknown): Payload<K> {
  const parsed = payloads[kind].safeParse(value)
  if (parsed.success) return parsed.data as Payload<K>
  throw new AuditweaveError('bad-job', `A job of kind ${kind} is not valid: ${parsed.error.issues[0]?.message ?? 'unknown'}. Workers and web application must be of one version.`)
}

/** What a worker tells the child process that works for it. */
export const childMessage = z.discriminatedUnion('kind', [
  /** A person stopped it: end as 'stopped', the checkpoint is kept. */
  z.strictObject({ kind: z.literal('stop') }),
  /** The worker shuts down: give the work back for another one. */
  z.strictObject({ kind: z.literal('yield') }),
])
export type ChildMessage = z.infer<typeof childMessage>
