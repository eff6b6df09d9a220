import { AuditweaveError } from '@/lib/audit/errors'

/** Model names are ids, never paths: lower-case letters, digits, dots, dashes and underscores. */
export const MODEL_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** Throws 'bad-model-name' for anything that is no id. */
export function checkModelName(name: string): string {
  if (!MODEL_NAME.test(name)) {
    throw new AuditweaveError('bad-model-name', `${JSON.stringify(name.slice(0, 80))} is no model name: use lower-case letters, digits, dots, dashes and underscores, 64 at most.`)
  }
  return name
}
