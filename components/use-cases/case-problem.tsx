import type { CaseReports } from '@/lib/alerts/cases'
import { formatSpan } from '@/components/format/instant'
import { plural } from '@/components/format/number'
import { Facts } from '@/components/ui/page'

/** What the log at hand is, so that figures below have something to stand beside. */
export function LogFacts({ log, items }: { log: CaseReports['log']; items: Parameters<typeof Facts>[0]['items'] }) {
  return (
    <div className="mb-8">
      <Facts items={items} />
      <p className="mt-1.5 text-12 text-dim">Counted now in {plural(log.lines, 'line')} of {plural(log.requests, 'request')}, {plural(log.contexts, 'context')}{log.firstMicros !== null && log.lastMicros !== null ? `, ${formatSpan(log.firstMicros / 1000, log.lastMicros / 1000)}` : ''}.</p>
    </div>
  )
}
