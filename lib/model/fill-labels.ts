import type { Reconstruction, ReconstructedRecord } from '@/lib/contexts/types'
import { labelKey } from '@/lib/labels/label-key'
import type { Suggestion } from './prediction'

/** Below this a network's word is not passed on: a wrong label costs a reader more than none. */
const LEAST_CONFIDENCE = 0.5

/**
 * Gives the lines that no link reaches the network's label, where it is sure enough and names another action than the
 * line's own: such a line follows from an action whose traces the log does not hold. It gets no context, as nothing says
 * which; links stay the evidence wherever there are any.
 */
export function fillUnlinked(reconstruction: Reconstruction, suggestions: ReadonlyMap<string, Suggestion>): Reconstruction {
  return { ...reconstruction, records: reconstruction.records.map((record) => filled(record, suggestions.get(record.auditID))) }
}

function filled(record: ReconstructedRecord, suggestion: Suggestion | undefined): ReconstructedRecord {
  if (record.role !== 'background' || !suggestion) return record
  const { own, prediction } = suggestion
  if (!prediction.label || prediction.confidence < LEAST_CONFIDENCE) return record
  if (own && labelKey(own) === labelKey(prediction.label)) return { ...record, confidence: prediction.confidence }
  return { ...record, role: 'consequence', label: prediction.label, confidence: prediction.confidence }
}
