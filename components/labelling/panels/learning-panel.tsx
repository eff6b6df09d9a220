'use client'
import { useEffect, useState } from 'react'
import type { LearningAnswer } from '@/lib/labelling/learning/types'
import { SERIES_COLORS } from '@/components/charts/palette'
import { LinePlot } from '@/components/charts/line-plot'
import type { PlotSeries } from '@/components/charts/plot-types'
import { formatCount, formatScore, formatShare, plural } from '@/components/format/number'
import { formatInstant } from '@/components/format/instant'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Meter } from '@/components/ui/meter'
import { Notice } from '@/components/ui/notice'
import { showFailure } from '@/components/ui/toast'

const POLL_MS = 2000

interface Props { open: boolean; dataset: string; onOpenChange: (open: boolean) => void; onSample: () => void }

/** What models learnt from the labels so far, against the sample that is held back from learning. */
export function LearningPanel({ open, dataset, onOpenChange, onSample }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Learning curve" description="A model learns from what people have labelled, in the background. A random sample is never learnt from: it says whether the new suggestions are better than the old." className="w-[min(48rem,calc(100vw-2rem))]">
      <LearningBody dataset={dataset} onSample={() => { onOpenChange(false); onSample() }} />
    </Dialog>
  )
}

function LearningBody({ dataset, onSample }: { dataset: string; onSample: () => void }) {
  const { answer, learn } = useLearning(dataset)
  if (!answer) return <div role="status" aria-label="Reading the curve" className="skeleton h-72" />
  const { curve, sample, state } = answer
  const share = answer.progress && answer.progress.total > 0 ? answer.progress.done / answer.progress.total : null
  return (
    <div className="space-y-3">
      {answer.error ? <Notice tone="bad">Learning failed: {answer.error.message}</Notice> : null}
      {sample.labelled < sample.needed ? <Notice action={<Button size="sm" onClick={onSample}>Label the sample</Button>}>{formatCount(sample.labelled)} of {formatCount(sample.size)} requests of the held-back sample are labelled; {formatCount(sample.needed)} are needed to judge a model.</Notice> : null}
      <Curve answer={answer} />
      <div className="flex flex-wrap items-center gap-3">
        {state === 'running' ? <><span>Learning{answer.progress ? `: ${answer.progress.phase}` : ''} {share === null ? '' : formatShare(share)}</span><Meter share={share} label="Learning" className="w-40" /></> : <Button onClick={learn}>Learn now</Button>}
        <span className="text-12 text-dim">{plural(answer.since, 'label')} since the last time; it begins by itself after {formatCount(answer.every)}.</span>
      </div>
      {curve.length > 0 ? (
        <table className="w-full text-12">
          <thead className="text-left text-dim"><tr>{['When', 'Learnt from', 'Sample', 'Accuracy', 'Before', 'Taken over'].map((name) => <th key={name} scope="col" className="py-1 font-medium">{name}</th>)}</tr></thead>
          <tbody>{curve.toReversed().map((point) => <tr key={point.id} className="border-t border-line"><td className="py-1">{formatInstant(point.at)}</td><td>{plural(point.labels, 'label')}</td><td>{formatCount(point.held)}</td><td>{formatScore(point.accuracy)}</td><td>{formatScore(point.before)}</td><td>{point.adopted ? 'yes' : 'no'}</td></tr>)}</tbody>
        </table>
      ) : null}
    </div>
  )
}

function Curve({ answer }: { answer: LearningAnswer }) {
  const line = (key: string, label: string, color: string, of: (point: LearningAnswer['curve'][number]) => number | null): PlotSeries => ({
    key, label, color, marker: 'dot',
    points: answer.curve.flatMap((point) => { const y = of(point); return y === null ? [] : [{ x: point.labels, y, deviation: null, values: [{ value: y, label: formatInstant(point.at), href: null }] }] }),
  })
  const series = [line('learnt', 'learnt', SERIES_COLORS[1], ({ accuracy }) => accuracy), line('before', 'before', SERIES_COLORS[6], ({ before }) => before)]
  if (series.every(({ points }) => points.length === 0)) return <p className="grid h-40 place-items-center rounded-md border border-dashed border-line text-center text-dim">No model has learnt from labels of this log yet.</p>
  return <LinePlot series={series} x={{ label: 'requests labelled by people' }} y={{ label: 'accuracy on the sample', domain: ['auto', 1] }} height={240} description="Accuracy on the held-back sample over the number of labels learnt from" />
}

function useLearning(dataset: string): { answer: LearningAnswer | null; learn: () => void } {
  const [answer, setAnswer] = useState<LearningAnswer | null>(null)
  const path = `/api/datasets/${encodeURIComponent(dataset)}/labelling/learning`
  useEffect(() => {
    const stop = new AbortController()
    const ask = (): void => {
      callApi<LearningAnswer>(path, { signal: stop.signal }).then(setAnswer, (error: unknown) => { if (!stop.signal.aborted) showFailure(error) })
    }
    ask()
    const timer = setInterval(ask, POLL_MS)
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [path])
  return { answer, learn: () => void callApi<LearningAnswer>(path, { method: 'POST', body: {} }).then(setAnswer, showFailure) }
}
