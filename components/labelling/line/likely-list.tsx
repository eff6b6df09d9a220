'use client'
import { LogText } from '@/components/format/log-text'
import { equivalentLabel } from '@/lib/labelling/equivalent/equivalent'
import { Kbd } from '@/components/ui/kbd'
import { probabilityText, shortLabel } from '../list/line-row'
import { candidatesFor } from '../state/candidates'
import { requestAt } from '../state/log-index'
import type { LabelState } from '../state/model'
import type { UserAct } from '../state/user-act'
import { verbBase, verbsAt } from '../state/verb-base'

/** What 1 to 9 give: likely labels, or after `v` the same label with each verb. */
export function LikelyList({ state, verbs, onAct }: { state: LabelState; verbs: boolean; onAct: (act: UserAct) => void }) {
  const rows = verbs ? verbRows(state) : candidatesFor(state, state.cursor).map(({ label, role, origin }, i) => ({ text: shortLabel(label, role), shown: String(label?.code ?? role), reason: origin.reason, probability: origin.probability, act: { kind: 'pick', number: i + 1 } as UserAct }))
  return (
    <section aria-label={verbs ? 'The same with another verb' : 'Likely labels'} className="min-h-0 flex-1 overflow-y-auto border-t border-line px-2 py-1" tabIndex={0}>
      <h3 className="px-2 text-12 text-dim">{verbs ? <>The same with another verb <Kbd>Esc</Kbd> back</> : <>Likely labels <Kbd>1</Kbd>–<Kbd>9</Kbd>, another <Kbd>l</Kbd>, other verb <Kbd>v</Kbd>, the last again <Kbd>r</Kbd></>}</h3>
      <ol>
        {rows.map(({ text, shown, reason, probability, act }, i) => (
          <li key={`${i} ${text}`}>
            <button type="button" data-shown={shown} title={reason} onClick={() => onAct(act)} className="grid w-full grid-cols-[1.25rem_minmax(8rem,1fr)_minmax(0,1.5fr)_2rem] items-center gap-2 rounded-sm px-2 py-px text-left text-12 hover:bg-hover">
              <Kbd>{i + 1}</Kbd>
              <span className="truncate font-medium"><LogText text={text} limit={80} /></span>
              <span className="truncate text-dim"><LogText text={reason} limit={160} /></span>
              <span className="text-right text-dim">{probability === null ? '' : probabilityText(probability)}</span>
            </button>
          </li>
        ))}
      </ol>
      {rows.length === 0 ? <p className="px-2 text-12 text-dim">{verbs ? 'This line has no label whose verb could be changed.' : 'Nothing is likely here; find a label with l.'}</p> : null}
    </section>
  )
}

function verbRows(state: LabelState): { text: string; shown: string; reason: string; probability: null; act: UserAct }[] {
  const request = requestAt(state.log, state.cursor)
  const base = verbBase(state, request)
  if (!base) return []
  return verbsAt(state).map((verb) => ({ text: shortLabel(equivalentLabel(base, verb), null), shown: String(equivalentLabel(base, verb)?.code), reason: verb === base.verb ? 'as it is' : `instead of ${base.verb}`, probability: null, act: { kind: 'verb', verb } }))
}
