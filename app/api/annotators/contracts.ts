import { z } from 'zod'

/** A person's name: it stands beside every label, so that it holds nothing that could pass for another. */
export const annotatorName = z.string().trim().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@'-]{0,63}$/u, 'use letters, digits, spaces and . _ @ \' -, at most 64').transform((name) => name.normalize('NFC'))
export const annotatorBody = z.strictObject({ name: annotatorName, role: z.enum(['owner', 'reviewer', 'annotator']).default('annotator') })
export const pickBody = z.strictObject({ name: annotatorName })
