'use client'
import type { CheckGroup, CheckReport } from '@/lib/labelling/checks/types'
import { formatCount, plural } from '@/components/format/number'
import { useKey } from '@/components/keys/use-key'
import { useLiveMessage } from '@/components/live/use-live'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Notice } from '@/components/ui/notice'
import { Facts, Section } from '@/components/ui/page'
import { useAheadState } from '@/components/url/use-ahead-state'
import { useAnswer } from '../use-answer'
import { checksCodec } from './checks-state'
import { DriftSection, type ModelChoice } from './drift-section'
import { FindingRow } from './finding-row'

const GROUPS: readonly (readonly [CheckGroup, string])[] = [['labels', 'Labels against the object'], ['contexts', 'Contexts'], ['roles', 'Roles'], ['log', 'The log itself'], ['splits', 'Splits']]

/** What contradicts itself in the labels of a data set, what to do about it, and what a model would not know here. */
export function ChecksView({ dataset, models }: { dataset: string; models: readonly ModelChoice[] }) {
  const [state, change] = useAheadState(checksCodec)
  const answer = useAnswer<CheckReport>(`/api/datasets/${dataset}/checks`)
  useLiveMessage('labels', (message) => { if (message.dataset === dataset) answer.refresh() })
  useKey('r', 'Check again', 'Checks', answer.refresh)
  const toggle = (check: string): void => change((now) => ({ ...now, open: now.open.includes(check) ? now.open.filter((one) => one !== check) : [...now.open, check] }))
  return (
    <>
      {answer.error ? <Notice tone="bad" className="mb-4">{answer.error}</Notice> : null}
      {answer.value ? <Findings dataset={dataset} report={answer.value} open={state.open} busy={answer.busy} onToggle={toggle} onAgain={answer.refresh} /> : answer.error ? null : <div role="status" aria-label="Loading" className="skeleton mb-8 h-96" />}
      <DriftSection dataset={dataset} models={models} model={state.model} onModel={(model) => change((now) => ({ ...now, model }))} />
    </>
  )
}

interface Props { readonly dataset: string; readonly report: CheckReport; readonly open: readonly string[]; readonly busy: boolean; readonly onToggle: (check: string) => void; readonly onAgain: () => void }

function Findings({ dataset, report, open, busy, onToggle, onAgain }: Props) {
  const of = (severity: 'wrong' | 'look'): number => report.findings.filter((finding) => finding.severity === severity).reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <div className="mb-6">
        <Facts items={[
          { label: 'Contradictions', value: formatCount(of('wrong')), note: of('wrong') === 0 ? 'none found' : 'something is wrong' },
          { label: 'To look at', value: formatCount(of('look')), note: 'rare, and may be right' },
          { label: 'Requests labelled', value: formatCount(report.labelled), note: `of ${formatCount(report.requests)}` },
          { label: 'Contexts', value: formatCount(report.contexts), note: plural(report.lines, 'line') },
          { label: 'Splits', value: formatCount(report.splits.length), note: report.splits.length === 0 ? 'none stored: nothing to leak' : 'of the newest version' },
        ]} />
      </div>
      {GROUPS.map(([group, title], at) => {
        const findings = report.findings.filter((finding) => finding.group === group)
        if (findings.length === 0) return null
        return (
          <Section key={group} title={title} aside={at === 0 ? <Button size="sm" disabled={busy} onClick={onAgain}>Check again <Kbd>r</Kbd></Button> : null}>
            <ul aria-label={title}>{findings.map((finding) => <FindingRow key={finding.check} dataset={dataset} finding={finding} open={open.includes(finding.check)} onToggle={() => onToggle(finding.check)} />)}</ul>
          </Section>
        )
      })}
    </>
  )
}
