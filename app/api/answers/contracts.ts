import { z } from 'zod'
import { idSchema } from '../contracts'

/** Two runs by their ids. */
export const pairQuery = z.object({ a: idSchema, b: idSchema })
export const eventQuery = z.object({ dataset: idSchema, seq: z.coerce.number().int().min(0).max(2 ** 31 - 1) })
