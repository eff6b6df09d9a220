import type { RunMetrics, RunTimings } from '@/lib/experiments/run-spec'

export type FigureForm = 'score' | 'seconds' | 'count' | 'millis' | 'share'

/** A figure of a finished run that charts and comparisons know. */
export interface RunMeasure {
  readonly id: string
  readonly label: string
  readonly form: FigureForm
  readonly better: 'more' | 'less' | null
  readonly from: 'metrics' | 'timings'
}

const of = (from: RunMeasure['from'], form: FigureForm, better: RunMeasure['better']) => ([id, label]: readonly [keyof RunMetrics | keyof RunTimings, string]): RunMeasure => ({ id, label, form, better, from })

export const RUN_MEASURES: readonly RunMeasure[] = [
  ...([
    ['windowPartsF1', 'F1 of label parts, window positions'], ['linePartsF1', 'F1 of label parts, lines'], ['lineMacroF1', 'Macro F1, whole labels, lines'], ['lineWeightedF1', 'Weighted F1, whole labels, lines'],
    ['lineAccuracy', 'Tuple accuracy, lines'], ['windowAccuracy', 'Tuple accuracy, window positions'], ['lineKappa', 'Cohen’s kappa, lines'], ['validationAccuracy', 'Validation accuracy'],
    ['contextAccuracy', 'Context accuracy'], ['roleAccuracy', 'Role accuracy'], ['metadataAccuracy', 'Tuple accuracy, bodies stripped'], ['linksAccuracy', 'Tuple accuracy, links alone'],
  ] as const).map(of('metrics', 'score', 'more')),
  ...([['leakedTestLines', 'Test lines also in training windows']] as const).map(of('metrics', 'share', 'less')),
  ...([['calibrationError', 'Calibration error']] as const).map(of('metrics', 'score', 'less')),
  ...([['testLines', 'Test lines'], ['parameters', 'Parameters'], ['epochs', 'Epochs'], ['bestEpoch', 'Best epoch'], ['classes', 'Classes']] as const).map(of('metrics', 'count', null)),
  ...([['trainSeconds', 'Training time'], ['totalSeconds', 'Total time'], ['cpuSeconds', 'CPU time'], ['preprocessSeconds', 'Preprocessing time']] as const).map(of('timings', 'seconds', 'less')),
  ...([['inferMillisPerLine', 'Inference per line']] as const).map(of('timings', 'millis', 'less')),
]

export function runMeasure(id: string): RunMeasure | undefined {
  return RUN_MEASURES.find((measure) => measure.id === id)
}

const COUNT = new Intl.NumberFormat('en')

export function figureText(value: number | null, form: FigureForm): string {
  if (value === null || !Number.isFinite(value)) return '–'
  switch (form) {
    case 'score': return value.toFixed(4)
    case 'seconds': return value < 100 ? `${value.toFixed(1)} s` : `${COUNT.format(Math.round(value))} s`
    case 'count': return COUNT.format(Math.round(value))
    case 'millis': return `${value.toFixed(3)} ms`
    case 'share': return `${(value * 100).toFixed(1)} %`
  }
}

export function countText(value: number): string {
  return COUNT.format(value)
}
