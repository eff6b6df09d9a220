import { listRuns } from '@/lib/store/runs'
import { runLine } from '@/components/runs/run-line'
import { runsQuery } from '../contracts'
import { handle } from '../handle'

export const GET = handle({ query: runsQuery }, async ({ query }) => {
  const page = await listRuns({ ...query, sort: 'number', descending: true })
  return { rows: page.rows.map(runLine), total: page.total }
})
