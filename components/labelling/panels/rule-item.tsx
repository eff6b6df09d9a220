'use client'
import type { RulePreview } from '@/lib/labelling/background/preview'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { shortUser } from '@/components/playground/describe-line'
import { Checkbox } from '@/components/ui/checkbox'
import { lineKind } from '../state/filter'
import { textAt } from '../state/log-index'
import type { LabelState } from '../state/model'
import type { LabelStore } from '../sync/label-store'

interface Props { rule: RulePreview; store: LabelStore; ticked: boolean; onTick: () => void; onLine: (line: number) => void }

/** A rule with what it would take, what it leaves, and some of the lines. */
export function RuleItem({ rule, store, ticked, onTick, onLine }: Props) {
  const state = store.state()
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)_5rem] gap-x-3 py-2">
      <span className="pt-1"><Checkbox label={`Take by ${rule.id}`} checked={ticked} onClick={onTick} /></span>
      <div className="min-w-0">
        <p><b className="font-medium">{rule.id}</b> <span className="text-dim">{rule.reason}</span>{rule.set === 'paper' ? <span className="ml-2 rounded-sm border border-line px-1 text-12 text-dim">paper’s, names parts of one cluster</span> : null}</p>
        <p className="text-12 text-dim">{leavesText(rule)}</p>
        <ul className="mt-0.5 space-y-px text-12">{rule.samples.slice(0, 3).map((auditID) => <Sample key={auditID} state={state} auditID={auditID} onLine={onLine} />)}</ul>
      </div>
      <p className="text-right"><b className="text-14 font-semibold">{formatCount(rule.takes)}</b><span className="block text-12 text-dim">would take</span></p>
    </li>
  )
}

/** What meets the rule and stays as it is, and where people say otherwise. */
function leavesText({ meets, takes, automatic, labelled, disagrees, linked, certainty, role }: RulePreview): string {
  const parts = [`${plural(meets, 'request')} meet it`, `becomes ${role === 'nonresource' ? 'no API request' : role}`]
  if (automatic > 0) parts.push(`${formatCount(automatic)} taken by a rule already`)
  if (labelled > 0) parts.push(`${formatCount(labelled)} labelled by people, ${disagrees === 0 ? 'all alike' : `${formatCount(disagrees)} otherwise`}`)
  if (linked > 0) parts.push(`${formatCount(linked)} linked to a user’s action${certainty === 'always' && takes > 0 ? ', taken all the same' : ', left alone'}`)
  return parts.join(' · ')
}

function Sample({ state, auditID, onLine }: { state: LabelState; auditID: string; onLine: (line: number) => void }) {
  const line = state.index.firstLine[state.index.requestOf.get(auditID) ?? -1]
  if (line === undefined || line < 0) return null
  const object = [textAt(state.log, state.log.namespace, line), textAt(state.log, state.log.name, line)].filter(Boolean).join('/')
  return (
    <li><button type="button" className="max-w-full truncate text-left hover:underline" onClick={() => onLine(line)}>
      {textAt(state.log, state.log.verb, line)} <LogText text={lineKind(state, line)} limit={60} /> {object ? <span className="font-mono text-dim"><LogText text={object} limit={80} /></span> : null} by <LogText text={shortUser(textAt(state.log, state.log.user, line))} limit={60} />
    </button></li>
  )
}
