import type { JsonObject } from '@/lib/audit/event'
import { cn } from '@/components/ui/cn'
import type { ComparedRun } from './compared-run'
import { settingRows } from './differences'
import { ScrollTable } from './scroll-table'

/** What a run was told and where it ran. */
function settingsOf({ run }: ComparedRun): JsonObject {
  const { environment: env } = run
  return { dataset: run.datasetName, ...run.params, ...(env ? { machine: { engine: env.engine, threads: env.threads, cpu: env.cpu, cores: env.cores, node: env.node, host: env.hostname, version: env.version } } : {}) }
}

export function SettingsTable({ runs, all }: { runs: readonly ComparedRun[]; all: boolean }) {
  const rows = settingRows(runs.map(settingsOf))
  const shown = all ? rows : rows.filter((row) => row.differs)
  if (shown.length === 0) return <p className="text-dim">{runs.length > 1 ? `All ${rows.length} settings are the same.` : 'One run alone differs in nothing; choose more.'}</p>
  return (
    <ScrollTable label="Setting" runs={runs}>
      {shown.map((row) => (
        <tr key={row.name} className="border-t border-line">
          <th scope="row" className={cn('sticky left-0 bg-bg px-3 py-1.5 text-left', row.differs ? 'font-semibold' : 'font-normal')}>{row.name}</th>
          {row.values.map((value, index) => <td key={index} className="max-w-64 px-3 py-1.5 text-right break-words">{value ?? '–'}</td>)}
        </tr>
      ))}
    </ScrollTable>
  )
}
