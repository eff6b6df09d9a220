'use client'
import { useEffect, useMemo, useRef } from 'react'
import { launchSummary, runsTable } from '@/lib/notebook/report-markup'
import type { OutputOf } from '@/lib/notebook/result'
import { FindingsTable } from '@/components/experiments/report/findings'
import { itemTexts } from '@/components/experiments/report/item-texts'
import { ReportItemView } from '@/components/experiments/report/report-item'
import { SourceLine } from '@/components/experiments/report/source-line'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { useLive, useLiveMessage } from '@/components/live/use-live'
import { progressShare } from '@/components/runs/run-line'
import { Meter } from '@/components/ui/meter'
import { MarkupView } from './markup-view'

type Launch = OutputOf<'launch'>

/** What a cell asks for of a launch: how far it is, where its figures come from, findings, tables and figures. `cell` keeps their ids apart from those of other cells. */
export function LaunchOutput({ cell, launch, onChanged }: { cell: string; launch: Launch; onChanged: () => void }) {
  const { report } = launch
  const items = useMemo(() => report.items.map((item) => ({ ...item, id: `${cell}-${item.id}` })), [report, cell])
  return (
    <>
      <LaunchLive launch={launch} onChanged={onChanged} />
      <p className="mb-1"><b className="font-semibold">{report.title}</b>{report.reproduces === null ? '' : ` (${report.reproduces})`}. {launch.id === null ? <>Not launched on <LogText text={launch.dataset} /> yet.</> : <LogText text={`${launchSummary(launch)}.`} />}</p>
      <SourceLine report={report} facts={{ seeds: launch.seeds, engines: launch.engines, version: null }} />
      <div className="-mt-3 space-y-4">
        {report.findings.length > 0 ? <FindingsTable findings={report.findings} /> : null}
        {items.map((item) => <ReportItemView key={item.id} item={item} texts={itemTexts(report, item)} />)}
        {report.notes.length > 0 ? <ul className="max-w-[76ch] list-disc space-y-1.5 pl-5">{report.notes.map((note) => <li key={note}>{note}</li>)}</ul> : null}
        {launch.listed ? <MarkupView markup={runsTable(launch)} /> : null}
      </div>
    </>
  )
}

const GATHER_MS = 1200

/** How far the launch is, while it goes on; the cell is read anew when one of its runs ends. */
function LaunchLive({ launch, onChanged }: { launch: Launch; onChanged: () => void }) {
  const { active } = useLive()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => () => {
    if (timer.current) clearTimeout(timer.current)
  }, [])
  useLiveMessage('run', (run) => {
    const known = launch.runs.find((one) => one.id === run.id)
    if (launch.id === null || run.experimentId !== launch.id || known?.state === run.state) return
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(onChanged, GATHER_MS)
  })
  const { queued, running, done, failed, stopped } = launch.counts
  if (queued + running === 0) return null
  const ended = done + failed + stopped
  const all = ended + queued + running
  const share = (ended + active.filter((run) => run.experimentId === launch.id).reduce((sum, run) => sum + (progressShare(run.progress) ?? 0), 0)) / all
  return (
    <div className="mb-2" aria-live="polite">
      <p className="mb-1 text-12 text-dim">{ended} of {plural(all, 'run')} ended; the others run or wait for a worker.</p>
      <Meter share={Math.min(1, share)} label={`Progress of ${launch.title}`} />
    </div>
  )
}
