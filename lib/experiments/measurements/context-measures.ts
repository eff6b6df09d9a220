import { scoreReconstruction, type ScoreResult } from '@/lib/contexts/score'
import type { Reconstruction } from '@/lib/contexts/types'
import type { TruthById } from '@/lib/model/linked/linked-target'
import type { Point } from '../points'

const NAMES = [
  ['b3Precision', 'b3_precision'], ['b3Recall', 'b3_recall'], ['b3F1', 'b3_f1'], ['pairF1', 'pair_f1'], ['ari', 'ari'],
  ['exactContexts', 'exact_contexts'], ['exactContexts2Plus', 'exact_contexts_2plus'], ['meanJaccard', 'mean_jaccard'],
  ['labelCoverage', 'label_coverage'], ['labelAccuracy', 'label_accuracy'], ['labelMacroF1', 'label_macro_f1'], ['contextRoleAccuracy', 'role_accuracy'],
  ['scoredRecords', 'records'], ['scoredContexts', 'contexts'],
] as const satisfies readonly (readonly [string, keyof ScoreResult])[]

/** Scores of a reconstruction against the truth, as `auditweave score` gives them (four places); what there is nothing to count for is left out. */
export function contextMeasures(truth: TruthById, { records }: Pick<Reconstruction, 'records'>): Point['measures'] {
  const scores = scoreReconstruction([...truth].map(([auditID, record]) => ({ auditID, ...record })), records)
  return Object.fromEntries(NAMES.flatMap(([name, key]) => (scores[key] === null ? [] : [[name, scores[key]]])))
}
