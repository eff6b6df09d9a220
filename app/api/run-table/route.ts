import { z } from 'zod'
import { runsForTable } from '@/lib/store/runs-table'
import { wireRuns } from '@/components/runs/run-cells'
import { idSchema } from '../contracts'
import { handle } from '../handle'

const tableQuery = z.object({ ids: z.string().max(32_000).transform((text) => text.split(',')).pipe(z.array(idSchema).max(500)).optional() })

/** All runs, or those with these ids, as columns. */
export const GET = handle({ query: tableQuery }, async ({ query }) => {
  const { rows, total } = await runsForTable(query.ids ? { ids: query.ids } : {})
  return { ...wireRuns(rows), total }
})
