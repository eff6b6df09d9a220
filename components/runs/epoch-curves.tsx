'use client'
import type { EpochRow } from '@/lib/experiments/execute-types'
import { Figure } from '@/components/charts/figure'
import { LinePlot } from '@/components/charts/line-plot'
import { toFigureData, wholeTicks } from '@/components/charts/plot-data'
import { Smoothing } from '@/components/charts/smoothing'
import { setParam } from '@/components/url/list-codec'
import { useUrlState, type UrlCodec } from '@/components/url/use-url-state'
import { epochSeries } from './epoch-series'

interface CurveState { readonly smoothing: number; readonly log: boolean }

export const curveCodec: UrlCodec<CurveState> = {
  read(params) {
    const smoothing = Number(params.get('smooth') ?? 0)
    return { smoothing: smoothing > 0 && smoothing < 1 ? smoothing : 0, log: params.get('scale') === 'log' }
  },
  write(state) {
    const params = new URLSearchParams(window.location.search)
    setParam(params, 'smooth', state.smoothing > 0 ? String(state.smoothing) : '')
    setParam(params, 'scale', state.log ? 'log' : '')
    return params
  },
}

const TRAIN = { color: '#009e73', marker: 'dot' as const }
const VALIDATION = { color: '#0072b2', marker: 'square' as const, dash: '5 3' }

/** Loss and accuracy over epochs, training and validation. */
export function EpochCurves({ epochs, best, name }: { epochs: readonly EpochRow[]; best: number | null; name: string }) {
  const [state, change] = useUrlState(curveCodec)
  const few = epochs.length <= 40
  const mark = <T extends object>(look: T): T => (few ? look : { ...look, marker: 'none' })
  const loss = [epochSeries(epochs, 'loss', { key: 'loss', label: 'training', ...mark(TRAIN) }, state.smoothing), epochSeries(epochs, 'validationLoss', { key: 'val', label: 'validation', ...mark(VALIDATION) }, state.smoothing)]
  const accuracy = [epochSeries(epochs, 'accuracy', { key: 'acc', label: 'training', ...mark(TRAIN) }, state.smoothing), epochSeries(epochs, 'validationAccuracy', { key: 'val', label: 'validation', ...mark(VALIDATION) }, state.smoothing)]
  const x = { label: 'epoch', ticks: wholeTicks(epochs[0]?.epoch ?? 1, epochs.at(-1)?.epoch ?? 1) }
  const last = epochs.at(-1)
  const note = best === null ? name : `${name}; best weights at epoch ${best}`
  return (
    <section className="mb-6">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-14">Learning curves</h2>
        <div className="flex items-center gap-4 text-12 text-dim">
          <Smoothing value={state.smoothing} onChange={(smoothing) => change((now) => ({ ...now, smoothing }))} />
          <label className="flex items-center gap-2"><input type="checkbox" checked={state.log} onChange={(event) => change((now) => ({ ...now, log: event.target.checked }))} />log loss</label>
        </div>
      </div>
      <div className="grid gap-4 xl:grid-cols-2">
        <Figure id="loss" title="Loss" note={note} data={toFigureData(loss, 'epoch', 'loss')}>
          <LinePlot series={loss} x={x} y={{ label: 'loss', log: state.log }} labelWidth={84} height={260} description={`Loss over ${epochs.length} epochs; last: training ${last?.loss.toFixed(4)}, validation ${last?.validationLoss.toFixed(4)}.`} />
        </Figure>
        <Figure id="accuracy" title="Accuracy" note={note} data={toFigureData(accuracy, 'epoch', 'accuracy')}>
          <LinePlot series={accuracy} x={x} y={{ label: 'share of label parts right' }} labelWidth={84} height={260} description={`Accuracy over ${epochs.length} epochs; last: training ${last?.accuracy.toFixed(4)}, validation ${last?.validationAccuracy.toFixed(4)}.`} />
        </Figure>
      </div>
    </section>
  )
}
