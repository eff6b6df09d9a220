import type { FormScores } from '@/lib/model/linked/linked-run'
import { formatTable } from './output'

const share = (value: number): string => value.toFixed(4)

/** Figures of every form of a log as a table: the network alone, and links alone beside it. */
export function linkedFigures(forms: readonly FormScores[]): string {
  const head = ['form of the log', 'lines', 'labels right', 'of contexts', 'macro F1', 'roles right', 'calibration error', 'links alone', 'linked']
  const rows = forms.map(({ title, scores }) => [
    title, String(scores.lines), share(scores.accuracy), share(scores.contextAccuracy), share(scores.macroF1), share(scores.roleAccuracy), share(scores.calibrationError), share(scores.linksAccuracy), share(scores.linksCoverage),
  ])
  return formatTable([head, ...rows])
}

/** The same of a model that sees neither roles nor links. */
export function windowsFigures(forms: readonly FormScores[]): string {
  const head = ['form of the log', 'lines', 'labels right', 'of contexts', 'macro F1', 'calibration error']
  return formatTable([head, ...forms.map(({ title, scores }) => [title, String(scores.lines), ...[scores.accuracy, scores.contextAccuracy, scores.macroF1, scores.calibrationError].map(share)])])
}
