'use client'
import { Ago } from '@/components/format/ago'
import { LogText } from '@/components/format/log-text'
import { plural } from '@/components/format/number'
import { keyText } from '@/components/keys/key-registry'
import { RoleMark } from '@/components/playground/role-mark'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { probabilityText, shortLabel } from '../list/line-row'
import { StandingMark } from '../list/standing-mark'
import { groupOf } from '../state/group'
import { requestAt, textAt } from '../state/log-index'
import type { LabelState } from '../state/model'
import { labelOf, standingOf } from '../state/standing'
import { suggestionOf } from '../state/suggestions'
import type { UserAct } from '../state/user-act'

/** What the line is labelled, or what is suggested and why; one key accepts it, another the whole context. */
export function LabelBox({ state, onAct }: { state: LabelState; onAct: (act: UserAct) => void }) {
  const request = requestAt(state.log, state.cursor)
  const label = labelOf(state, request)
  const suggestion = suggestionOf(state.suggestions, request)
  const standing = standingOf(state, request)
  const stands = label.standing !== 'unlabelled'
  const shown = stands ? label : suggestion
  const open = groupOf(state, request)?.open.length ?? 0
  const many = state.selected.size
  return (
    <section aria-label="Label" className="h-27 shrink-0 overflow-hidden border-t border-line bg-panel px-4 py-2" data-shown={shown ? (shown.label?.code ?? shown.role ?? '') : ''} data-standing={standing}>
      <p className="flex items-center gap-2">
        <StandingMark standing={standing} word className="text-12 text-dim" />
        <b className="max-w-[60%] shrink-0 truncate text-14 font-semibold"><LogText text={shown ? shortLabel(shown.label, shown.role) : 'no label'} limit={80} /></b>
        {shown?.label ? <span className="min-w-0 truncate text-12 text-dim">{scopeText(shown.label)} <span className="font-mono" title="The label's integer">{shown.label.code}</span></span> : null}
        {shown?.role ? <span className="ml-auto shrink-0 text-12"><RoleMark role={shown.role} verb={textAt(state.log, state.log.verb, state.cursor)} /></span> : null}
        {!stands && suggestion?.origin.probability != null ? <span className="shrink-0 font-medium" title="How sure the suggestion is, 0 to 1">{probabilityText(suggestion.origin.probability)}</span> : null}
      </p>
      <p className="h-8 overflow-hidden text-12 leading-4 text-dim">
        {stands ? <>by <b className="font-medium text-ink"><LogText text={label.actor} limit={60} /></b> {label.at ? <Ago at={label.at} /> : null}{suggestion && shortLabel(suggestion.label, suggestion.role) !== shortLabel(label.label, label.role) ? <>; suggested: {shortLabel(suggestion.label, suggestion.role)}</> : null}</>
          : suggestion ? <LogText text={suggestion.origin.reason} limit={300} /> : state.assignment ? 'A blind labelling: nothing is suggested, and nobody else’s label is shown.' : state.suggestions ? 'No suggestion for this line.' : 'Suggestions are not there yet; labels can be given all the same.'}
      </p>
      <p className="mt-1.5 flex gap-2">
        <Button size="sm" tone="primary" disabled={!suggestion && many === 0} onClick={() => onAct({ kind: 'accept' })}>{many > 0 ? `Accept ${plural(many, 'request')}` : stands ? 'Next' : 'Accept'} <Kbd className="border-on-accent/40 text-on-accent">{keyText('Enter', false)}</Kbd></Button>
        <Button size="sm" disabled={open === 0} onClick={() => onAct({ kind: 'accept-group' })}>Accept {open > 1 ? `all ${open}` : 'context'} <Kbd>{keyText('shift+Enter', false)}</Kbd></Button>
        <Button size="sm" onClick={() => onAct({ kind: 'background' })}>Background <Kbd>b</Kbd></Button>
      </p>
    </section>
  )
}

/** "one, in a namespace", the parts of a label beside its verb and kind. */
export function scopeText({ single, namespaced }: { readonly single: boolean; readonly namespaced: boolean }): string {
  return `${single ? 'one' : 'many'}${namespaced ? ', in a namespace' : ''}`
}
