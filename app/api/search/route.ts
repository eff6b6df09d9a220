import { listExperiments } from '@/lib/experiments/catalogue'
import { listDatasets } from '@/lib/store/datasets'
import { listModels } from '@/lib/store/models'
import { listNotebooks } from '@/lib/store/notebooks'
import { listRuns } from '@/lib/store/runs'
import { searchQuery } from '../contracts'
import { handle } from '../handle'

const EACH = 8

/** What the command palette can go to, by a part of its name. */
export const GET = handle({ query: searchQuery }, async ({ query }) => {
  const text = query.q.trim().toLowerCase()
  const has = (name: string): boolean => name.toLowerCase().includes(text)
  const [datasets, runs, models, notebooks] = await Promise.all([listDatasets(), listRuns({ ...(text ? { q: text } : {}), sort: 'number', descending: true, limit: EACH }), listModels(), listNotebooks()])
  return [
    ...datasets.filter((d) => has(d.name)).slice(0, EACH).map((d) => ({ kind: 'Dataset', label: d.name, href: `/datasets/${d.id}` })),
    ...listExperiments().filter((e) => has(e.name) || has(e.title)).slice(0, EACH).map((e) => ({ kind: 'Experiment', label: e.title, href: `/experiments/${e.name}` })),
    ...runs.rows.map((r) => ({ kind: 'Run', label: `#${r.number} ${r.name}`, href: `/runs/${r.id}` })),
    ...notebooks.filter((n) => has(n.title)).slice(0, EACH).map((n) => ({ kind: 'Notebook', label: n.title, href: `/notebooks/${n.id}` })),
    ...models.filter((m) => has(m.name)).slice(0, EACH).map((m) => ({ kind: 'Model', label: m.name, href: `/models/${m.id}` })),
  ]
})
