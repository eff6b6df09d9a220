import { formatCount, formatScore, plural } from '@/components/format/number'
import type { DatasetView } from '@/components/datasets/dataset-view'
import type { LaunchView } from '@/components/experiments/launch-view'
import type { RunLine } from '@/components/runs/run-line'
import type { Step } from './path-step'

/** A finished reconstruction, as the home page tells of it. */
export interface FoundContexts { readonly id: string; readonly datasetName: string; readonly contexts: number }

interface Known { readonly found: readonly FoundContexts[]; readonly datasets: readonly DatasetView[]; readonly launches: readonly LaunchView[]; readonly runs: readonly RunLine[] }

/** The way through the product with the real state of each station. */
export function pathSteps({ found, datasets, launches, runs }: Known): Step[] {
  const ready = datasets.filter((dataset) => dataset.state === 'ready')
  const done = runs.filter((run) => run.state === 'done')
  const best = bestByProtocol(done)
  const events = ready.reduce((sum, dataset) => sum + dataset.events, 0)
  const newest = launches[0]
  return [
    {
      title: 'Import a log',
      href: '/datasets',
      action: ready.length > 0 ? 'Open datasets' : 'Import lab-a',
      done: ready.length > 0,
      state: ready.length > 0 ? `${plural(ready.length, 'data set')}, ${formatCount(events)} events. Latest: ${ready[0]?.name}.` : 'lab-a ships with the product: 54,354 events of a real control plane and the truth of each.',
    },
    {
      title: 'Read its contexts',
      href: found[0] ? `/contexts/${found[0].id}` : '/contexts',
      action: found[0] ? 'Open the contexts' : 'Find its contexts',
      done: found.length > 0,
      state: found[0] ? `${plural(found[0].contexts, 'context')} in ${found[0].datasetName}: who did what, what followed, and the evidence for each line.` : 'Who did what, and all that followed: thousands of lines become some hundred actions, each with its evidence.',
    },
    {
      title: 'Label its lines',
      href: ready[0] ? `/label/${ready[0].id}` : '/label',
      action: 'Open the labelling page',
      done: ready.some((dataset) => dataset.hasLabels),
      state: ready[0] && !ready[0].hasLabels ? `${ready[0].name} bears no label yet: take what links and the model suggest, a context a key.` : 'A log that came with its truth is labelled; of your own, take what links and the model suggest, a context a key.',
    },
    {
      title: 'Sweep a training',
      href: '/experiments/window-size',
      action: newest ? 'Open the sweep' : 'Launch the window sweep',
      done: newest !== undefined && newest.runs.done > 0,
      state: newest ? `${newest.runs.done} of ${newest.runs.total} runs of the latest sweep are done, ${newest.scale} scale on ${newest.datasetName}.` : 'How many neighbouring lines does the network need? The paper’s Tables 5 and 6, repeated.',
    },
    {
      title: 'Compare the runs',
      href: done.length > 1 ? `/compare?runs=${done.slice(0, 6).map((run) => run.id).join(',')}` : '/runs',
      action: done.length > 1 ? 'Compare the latest' : 'Open runs',
      done: done.length > 1,
      state: best ? `${plural(done.length, 'finished run')}. Best F1: ${best}.` : 'Curves over one another, what differs, and which labels it matters for.',
    },
    { title: 'Ask questions', href: ready[0] ? `/query?dataset=${ready[0].id}` : '/query', action: 'Open the query room', done: false, state: 'Which deletions removed more than ten pods? Over all contexts of a log, with the plan and the answers over time.' },
    { title: 'Try the playground', href: '/playground?sample=1', action: 'Open with a sample', done: false, state: 'Paste lines: who did what, what followed, and why. It all stays in your browser.' },
  ]
}

/** The best F1 of each protocol, as one alone says nothing: overlapping windows flatter. */
function bestByProtocol(done: readonly RunLine[]): string | null {
  const scored = done.filter((run) => run.windowF1 !== null).toSorted((a, b) => (b.windowF1 ?? 0) - (a.windowF1 ?? 0))
  const protocols = [...new Set(scored.map((run) => run.protocol))].toSorted()
  const parts = protocols.map((protocol) => {
    const run = scored.find((one) => one.protocol === protocol)
    return `${formatScore(run?.windowF1 ?? null)} ${protocol} (W = ${run?.window ?? '?'})`
  })
  return parts.length > 0 ? parts.join(', ') : null
}
