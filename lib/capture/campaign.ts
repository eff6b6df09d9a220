import { z } from 'zod'
import type { JsonObject, JsonValue } from '@/lib/audit/event'

/** What a step may do; every step does exactly one of these. */
export const ACTIONS = ['create', 'apply', 'replace', 'patch', 'delete', 'deletecollection', 'get', 'list', 'watch', 'connect', 'request', 'wait', 'pause', 'together'] as const
export type Action = (typeof ACTIONS)[number]

const MOST_STEPS = 500
const MOST_SECONDS = 900
const json: z.ZodType<JsonValue> = z.json() as z.ZodType<JsonValue>
const object: z.ZodType<JsonObject> = z.record(z.string(), json) as z.ZodType<JsonObject>
const reference = z.string().min(1).max(500)
const seconds = z.number().min(0).max(MOST_SECONDS)
const word = z.string().regex(/^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$/, 'use lower-case letters, digits and dashes, at most 24')

const until = z.union([
  z.strictObject({ exists: z.literal(true) }),
  z.strictObject({ gone: z.literal(true) }),
  z.strictObject({ path: z.string().min(1).max(200), equals: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({ path: z.string().min(1).max(200), atLeast: z.number() }),
])
export type Until = z.infer<typeof until>

const plainStep = {
  create: z.union([reference, object]).optional(),
  apply: object.optional(),
  replace: z.union([reference, object]).optional(),
  patch: reference.optional(),
  delete: reference.optional(),
  deletecollection: reference.optional(),
  get: reference.optional(),
  list: reference.optional(),
  watch: reference.optional(),
  connect: reference.optional(),
  request: z.string().regex(/^\/[\x21-\x7e]*$/, 'give a path that begins with /').max(500).optional(),
  wait: reference.optional(),
  pause: seconds.optional(),
  /** Body for an action on a reference. */
  with: json.optional(),
  type: z.enum(['merge', 'strategic', 'json']).optional(),
  query: z.record(z.string().max(100), z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(500)).max(20)])).optional(),
  /** Version of the group, where the reference names a custom resource. */
  version: z.string().regex(/^v\d+((alpha|beta)\d+)?$/).optional(),
  scope: z.enum(['namespaced', 'cluster']).optional(),
  namespace: z.string().max(300).optional(),
  everywhere: z.literal(true).optional(),
  as: word.optional(),
  agent: z.string().regex(/^[\x20-\x7e]{1,300}$/, 'use printable ASCII').optional(),
  expect: z.union([z.int().min(100).max(599), z.array(z.int().min(100).max(599)).min(1)]).optional(),
  times: z.int().min(1).max(100).optional(),
  until: until.optional(),
  /** Longest wait, or how long a connection is held, in seconds. */
  most: seconds.optional(),
  /** Seconds of quiet that are waited for before this step, instead of the campaign's. */
  settle: seconds.optional(),
  note: z.string().max(300).optional(),
}

const leaf = z.strictObject(plainStep).superRefine(oneAction)
const step = z.strictObject({ ...plainStep, together: z.array(leaf).min(2).max(20).optional() }).superRefine(oneAction)
export type Step = z.infer<typeof step>

const user = z.union([
  z.strictObject({ groups: z.array(word).max(10).optional() }),
  z.strictObject({ serviceAccount: word }),
])
export type CampaignUser = z.infer<typeof user>

const sweep = z.strictObject({
  verbs: z.array(z.enum(['create', 'get', 'list', 'watch', 'patch', 'delete', 'deletecollection'])).min(1).optional(),
  /** API groups to sweep over, '' for the core group; all unless told. */
  only: z.array(z.string().max(253)).max(200).optional(),
  /** API groups to leave out. */
  leaveOut: z.array(z.string().max(253)).max(200).optional(),
})
export type Sweep = z.infer<typeof sweep>

const scene = z.strictObject({ name: word, title: z.string().max(200).optional(), steps: z.array(step).max(MOST_STEPS).optional(), sweep: sweep.optional() })
  .refine((one) => (one.steps === undefined) !== (one.sweep === undefined), 'give either steps or sweep')

/** A campaign as its file writes it; see docs/capture.md. */
export const campaignSchema = z.strictObject({
  name: word,
  title: z.string().min(1).max(200),
  description: z.string().max(2000).optional(),
  users: z.record(word, user).optional(),
  /** Seconds without a line about a scene before its next change; see `settle` of steps. */
  settle: seconds.default(2),
  /** Longest wait for that quiet. */
  settleMost: seconds.default(60),
  /** Scenes that run at the same time. */
  concurrency: z.int().min(1).max(50).default(1),
  /** User agents that scenes take in turn; without them each request says what it is. */
  agents: z.array(z.string().regex(/^[\x20-\x7e]{1,300}$/, 'use printable ASCII')).max(20).optional(),
  scenes: z.array(scene).min(1).max(200),
})
export type Campaign = z.infer<typeof campaignSchema>
export type Scene = Campaign['scenes'][number]

function oneAction(value: object, context: z.RefinementCtx): void {
  const given = ACTIONS.filter((action) => Object.hasOwn(value, action))
  if (given.length !== 1) context.addIssue({ code: 'custom', message: given.length === 0 ? `a step does one of ${ACTIONS.join(', ')}` : `a step does one thing, this one ${given.join(' and ')}` })
}
