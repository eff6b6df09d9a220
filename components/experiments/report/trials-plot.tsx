'use client'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { TableBody } from '@/lib/experiments/report/report-types'
import type { Brush } from '@/components/columns/brush'
import { ParallelPlot } from '@/components/columns/parallel-plot'
import { trialColumns } from './trial-columns'

/** Every trial of a search as a line over its parameters and figures; drawn ranges on axes choose among them. */
export function TrialsPlot({ body }: { body: TableBody }) {
  const router = useRouter()
  const [brushes, setBrushes] = useState<readonly Brush[]>([])
  const { table, axes, score, names } = useMemo(() => trialColumns(body), [body])
  const rows = useMemo(() => Int32Array.from(body.rows, (_, index) => index), [body])
  if (body.rows.length < 2) return null
  return (
    <div className="border-b border-line px-2 pt-2 pb-1">
      <ParallelPlot table={table} rows={rows} axes={axes} color={score} brushes={brushes} onBrushes={setBrushes} nameOf={(row) => names[row] ?? ''} onOpen={(row) => (table.ids[row] ? router.push(`/runs/${table.ids[row]}`) : undefined)} height={300} />
    </div>
  )
}
