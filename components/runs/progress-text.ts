import type { RunProgress } from '@/lib/experiments/execute-types'
import { formatDuration } from '@/components/format/duration'
import { formatCount } from '@/components/format/number'

const PHASES = { load: 'Loading lines', preprocess: 'Preparing features', train: 'Training', infer: 'Labelling test lines', save: 'Saving the model', measure: 'Measuring' }

/** "Training, epoch 3 of 12, 240 of 578 steps, 2 min 10 s left". */
export function progressText(progress: RunProgress | null): string {
  if (!progress) return 'Starting'
  const epoch = progress.epoch === null ? '' : `, epoch ${progress.epoch}${progress.epochs ? ` of ${progress.epochs}` : ''}`
  const units = progress.total > 0 ? `, ${formatCount(progress.done)} of ${formatCount(progress.total)} ${progress.unit}` : ''
  const left = progress.secondsLeft === null ? '' : `, ${formatDuration(Math.max(1, Math.round(progress.secondsLeft)))} left`
  return `${PHASES[progress.phase]}${epoch}${units}${left}`
}
