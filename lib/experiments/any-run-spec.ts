import { z } from 'zod'
import { measureSpecSchema, type MeasureSpec } from './measure-spec'
import { runSpecSchema, type RunSpec } from './run-spec'

/** What a run carries out: a training or a measurement. A training has no `kind`, so that stored ones stay valid. */
export const anyRunSpecSchema = z.union([runSpecSchema, measureSpecSchema])
export type AnyRunSpec = RunSpec | MeasureSpec

export function isMeasureSpec(spec: AnyRunSpec): spec is MeasureSpec {
  return 'kind' in spec
}
