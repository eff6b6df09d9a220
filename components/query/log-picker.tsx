'use client'
import { formatCount } from '@/components/format/number'
import { visibleText } from '@/components/format/visible'
import { rememberDataset } from '@/components/shell/current-dataset'
import { Select } from '@/components/ui/field'
import type { LogChoice } from './log-choices'
import { LINKS, type QueryState } from './query-state'

/** Which data set is asked, which of its reconstructions, and whether for contexts or lines. */
export function LogPicker({ logs, log, reconstructionId, of, onChange }: { logs: readonly LogChoice[]; log: LogChoice; reconstructionId: string | null; of: QueryState['of']; onChange: (to: Partial<QueryState>) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select aria-label="Data set" className="max-w-60" value={log.id} onChange={({ target }) => { rememberDataset(target.value); onChange({ dataset: target.value, reconstruction: '' }) }}>
        {logs.map(({ id, name, events }) => <option key={id} value={id}>{visibleText(name, 60)} ({formatCount(events)})</option>)}
      </Select>
      <Select aria-label="Contexts of" className="max-w-60" value={reconstructionId ?? LINKS} onChange={({ target }) => onChange({ dataset: log.id, reconstruction: target.value })}>
        {log.reconstructions.map(({ id, title }) => <option key={id} value={id}>{visibleText(title, 60)}</option>)}
        <option value={LINKS}>links alone, not stored</option>
      </Select>
      <Select aria-label="Ask for" value={of} onChange={({ target }) => onChange({ of: target.value === 'lines' ? 'lines' : 'contexts' })}>
        <option value="contexts">contexts</option>
        <option value="lines">lines</option>
      </Select>
    </div>
  )
}
