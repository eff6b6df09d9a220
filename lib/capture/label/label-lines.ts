import { contextId } from '@/lib/contexts/context-id'
import type { EventFacts } from '@/lib/contexts/facts'
import { linkEvents } from '@/lib/contexts/link-events'
import { compareFacts, mergeStages } from '@/lib/contexts/reconstruct'
import type { Role } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { findActs, type Act } from './acts'
import { joinNotes, type LineNote } from './note'
import type { SentRequest, TokenHome } from './sent'
import { Witnesses, type Testimony } from './witnesses'

/** One record of the truth that a capture writes. */
export interface LabelledRequest {
  readonly auditID: string
  readonly context: string | null
  readonly role: Role
  readonly label: ActionLabel | null
}

/** A request that the capture cannot be sure of, and why. */
export interface UnsureRequest {
  readonly auditID: string
  readonly reason: string
  /** Contexts that were thought of. */
  readonly perhaps: readonly string[]
}

export interface CaptureLabels {
  readonly sure: readonly LabelledRequest[]
  readonly unsure: readonly UnsureRequest[]
  /** Our own requests that the log does not hold. */
  readonly missing: readonly SentRequest[]
}

export interface LabelSources {
  readonly sent: ReadonlyMap<string, SentRequest>
  readonly tokens: ReadonlyMap<string, TokenHome>
  /** How long a scene was left quiet before each change, in seconds. */
  readonly settle: number
}

type Verdict = { readonly act: Act } | { readonly role: 'background' } | { readonly doubt: string; readonly perhaps: readonly Act[] }

/** Labels the requests of a captured log; `lines` are notes of every event, in any order. One record an auditID, in order of time. */
export function labelLines(lines: readonly LineNote[], sources: LabelSources): CaptureLabels {
  const { notes, events, mixed } = byRequest(lines)
  const contextOf = linkEvents(events).contextOf
  const acts = findActs(notes, sources, unchangedWrites(events))
  const actAt = new Map(acts.map((act) => [act.index, act]))
  const witnesses = new Witnesses(acts, notes, sources.tokens, sources.settle * 1e6)
  const judge = new Judge(witnesses, (index) => actAt.get(contextOf[index] ?? -1) ?? null)
  const sure: LabelledRequest[] = []
  const unsure: UnsureRequest[] = []
  const contextOfAct = (act: Act): string => contextId(events[act.index]?.auditID ?? '')
  notes.forEach((note, index) => {
    const { auditID } = note.facts
    const act = actAt.get(index)
    const doubt = mixed.has(auditID) ? 'several different requests bear its audit ID' : act?.doubt ?? null
    if (doubt !== null) unsure.push({ auditID, reason: doubt, perhaps: [] })
    // as the truths that ship have it: what components ask of no object goes on anyway
    else if (!note.facts.api) sure.push({ auditID, context: null, role: note.facts.external ? 'nonresource' : 'background', label: null })
    else if (act) sure.push({ auditID, context: contextOfAct(act), role: 'trigger', label: note.facts.label })
    else {
      const verdict = judge.component(note, index)
      if ('doubt' in verdict) unsure.push({ auditID, reason: verdict.doubt, perhaps: verdict.perhaps.map(contextOfAct) })
      else if ('role' in verdict) sure.push({ auditID, context: null, role: 'background', label: null })
      else if (verdict.act.doubt !== null || mixed.has(events[verdict.act.index]?.auditID ?? '')) unsure.push({ auditID, reason: 'what it follows from is itself in doubt', perhaps: [contextOfAct(verdict.act)] })
      else sure.push({ auditID, context: contextOfAct(verdict.act), role: 'consequence', label: events[verdict.act.index]?.label ?? null })
    }
  })
  const logged = new Set(events.map(({ auditID }) => auditID))
  return { sure, unsure, missing: [...new Set(sources.sent.values())].filter(({ auditID, answeredID }) => !logged.has(auditID) && !(answeredID !== null && logged.has(answeredID))) }
}

/** Weighs what the witnesses and the linker say of lines of components. */
class Judge {
  constructor(private readonly witnesses: Witnesses, private readonly linked: (index: number) => Act | null) {}

  component(note: LineNote, index: number): Verdict {
    if (note.background === 'always') return { role: 'background' }
    const link = this.linked(index)
    const scope = this.witnesses.scopeOf(note)
    if (scope === null) return this.#nameless(note, link)
    const verdict: Verdict = 'doubt' in scope ? { doubt: scope.doubt, perhaps: link ? [link] : [] } : agree(this.witnesses.hear(note, scope.scene), link)
    this.witnesses.judged(note, 'act' in verdict ? verdict.act : null)
    return verdict
  }

  /** A line without any name of the campaign: background unless something speaks against it. */
  #nameless(note: LineNote, link: Act | null): Verdict {
    if (link) return { doubt: link.whose === 'stranger' ? 'it follows from what somebody else did' : 'links lead to the campaign, and nothing in it bears a name of the campaign', perhaps: [link] }
    // what came before the capture, or what the audit policy leaves out, may be behind anything else
    if (note.background !== null) return { role: 'background' }
    return { doubt: 'nothing ties it to the campaign, and no rule says that it is background', perhaps: [] }
  }
}

/**
 * Two witnesses that know nothing of each other must say the same, and the linker must not say otherwise: it sees relations, the name sees the
 * object, the time sees that nothing else was going on.
 */
function agree({ name, time, flight }: Testimony, link: Act | null): Verdict {
  const perhaps = [...new Set([name, time, flight, link].filter((act) => act !== null))]
  if (flight !== null) return link === flight ? { act: flight } : { doubt: 'the API server asked it during a request that links do not lead to', perhaps }
  if (link !== null) return link === name || link === time ? { act: link } : { doubt: 'links lead to an act that neither its name nor the time confirms', perhaps }
  return name !== null && name === time ? { act: name } : { doubt: perhaps.length === 0 ? 'it bears a name of the campaign before anything was done' : 'its name and the time speak of different acts, and no link leads to either', perhaps }
}

interface Requests {
  readonly notes: readonly LineNote[]
  readonly events: readonly EventFacts[]
  /** auditIDs under which different requests were logged. */
  readonly mixed: ReadonlySet<string>
}

function byRequest(lines: readonly LineNote[]): Requests {
  const sorted = [...lines].sort((a, b) => compareFacts(a.facts, b.facts))
  const stages = new Map<string, LineNote[]>()
  const mixed = new Set<string>()
  for (const note of sorted) {
    const list = stages.get(note.facts.auditID)
    if (!list) stages.set(note.facts.auditID, [note])
    else {
      if (list[0] && identity(list[0]) !== identity(note)) mixed.add(note.facts.auditID)
      list.push(note)
    }
  }
  const events = mergeStages(sorted.map(({ facts }) => facts))
  return { events, mixed, notes: events.map((facts) => joinNotes(facts, stages.get(facts.auditID) ?? [])) }
}

function identity({ facts, uri, user }: LineNote): string {
  return JSON.stringify([facts.verb, uri, user, facts.received])
}

/** Tells writes after which an object's version was what it had been: nobody hears of such. */
function unchangedWrites(events: readonly EventFacts[]): (index: number) => boolean {
  const versions = new Map<string, string>()
  const unchanged = new Set<number>()
  events.forEach(({ uid, version, verb, code }, index) => {
    if (uid === null || version === null) return
    if (versions.get(uid) === version && (verb === 'update' || verb === 'patch') && code === 200) unchanged.add(index)
    versions.set(uid, version)
  })
  return (index) => unchanged.has(index)
}
