/**
 * The base of every error that a person may see: `code` is stable and kebab-case,
 * `message` names the thing, the place and the next step.
 */
export class AuditweaveError extends Error {
  readonly code: string
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'AuditweaveError'
    this.code = code
  }
}

/** Structural, so that errors from another bundle of this file are recognised too. */
export function isAuditweaveError(error: unknown): error is AuditweaveError {
  return error instanceof Error && error.name === 'AuditweaveError' && typeof (error as { code?: unknown }).code === 'string'
}
