import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { ENGINE_CHOICES } from '@/lib/engine/registry/optional'

const port = z.coerce.number().int().min(1).max(65_535)

/** Every variable that Auditweave reads, in one place; an empty one counts as not set. */
const envSchema = z.object({
  /** A PostgreSQL of one's own, 15 or newer; without it an embedded one is started. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://').optional(),
  /** Set for child processes: the database that the parent has opened. */
  AUDITWEAVE_DATABASE_URL: z.string().optional(),
  /** Where data lives; `.auditweave` in the project otherwise. */
  AUDITWEAVE_HOME: z.string().optional(),
  /** Asked of every request when the server listens beyond this machine. */
  AUDITWEAVE_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  /** Asked of kube-apiserver by `auditweave receive`. */
  AUDITWEAVE_RECEIVE_TOKEN: z.string().min(16, 'must have 16 characters or more').regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces').optional(),
  /** Where alerts are posted; named by whoever runs Auditweave, never by a page. */
  AUDITWEAVE_ALERT_WEBHOOK: z.url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' }).optional(),
  /** Threads of a training run; all cores otherwise. */
  AUDITWEAVE_THREADS: z.coerce.number().int().min(1).max(256).optional(),
  /** Computes the runs that name no engine of their own; the fastest that is right otherwise. */
  AUDITWEAVE_ENGINE: z.enum(ENGINE_CHOICES).optional(),
  /** Seconds after which a worker that is no longer heard of loses its run. */
  AUDITWEAVE_LEASE_SECONDS: z.coerce.number().min(1).max(3600).default(15),
  PORT: port.optional(),
})

export type Env = z.infer<typeof envSchema>

/** The variables by name, for what sets them. */
export const ENV_NAMES: readonly string[] = Object.keys(envSchema.shape)

/**
 * The environment, checked; read anew on every call so that a parent may set it for its own process.
 * @throws AuditweaveError 'bad-environment' naming the variable and what it must be.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = envSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AuditweaveError('bad-environment', `The environment variable ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}. Correct or unset it and start again.`)
}
