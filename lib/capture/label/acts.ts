import { labelKey } from '@/lib/labels/label-key'
import { verbClass } from '@/lib/labels/verbs'
import type { LineNote } from './note'
import type { SentRequest, TokenHome } from './sent'

/** Something an external user did: one of our own requests, one of a pod that we started, or a stranger's. */
export interface Act {
  /** Place among the log's requests. */
  readonly index: number
  readonly at: number
  readonly until: number
  readonly whose: 'ours' | 'account' | 'stranger'
  /** Whether others may have acted because of it. */
  readonly effective: boolean
  /** Tokens of the objects that it acted on. */
  readonly roots: readonly string[]
  /** Tokens of namespaces that it deleted with all that is in them. */
  readonly ends: readonly string[]
  /** Scenes that it touched. */
  readonly scenes: readonly string[]
  /** Why its own line bears no label, null where it is sure. */
  readonly doubt: string | null
}

export interface ActSources {
  readonly sent: ReadonlyMap<string, SentRequest>
  readonly tokens: ReadonlyMap<string, TokenHome>
}

const VERBS: Readonly<Record<string, readonly string[]>> = { GET: ['get', 'list', 'watch'], POST: ['create'], PUT: ['update'], PATCH: ['patch'], DELETE: ['delete', 'deletecollection'] }
const REVIEWS = new Set(['authorization.k8s.io', 'authentication.k8s.io'])
const WITHOUT_EFFECT = new Set(['token', 'exec', 'attach', 'portforward', 'proxy', 'log'])

/** Finds every act in a log, in order of time. `notes` stand one for each request; `unchanged` tells writes that changed nothing. */
export function findActs(notes: readonly LineNote[], sources: ActSources, unchanged: (index: number) => boolean): Act[] {
  const acts: Act[] = []
  notes.forEach((note, index) => {
    const ours = sources.sent.get(note.facts.auditID)
    if (!note.facts.api || (!note.facts.external && ours === undefined)) return
    acts.push(actOf(note, index, sources, ours, unchanged(index)))
  })
  return acts
}

function actOf(note: LineNote, index: number, { tokens }: ActSources, ours: SentRequest | undefined, unchanged: boolean): Act {
  const { facts } = note
  const account = ours === undefined && note.account !== null
  const scenes = ours && ours.scene !== 'own' ? [ours.scene] : [...new Set(note.near.flatMap((token) => tokens.get(token)?.scene ?? []))]
  const ends = facts.resource === 'namespaces' && verbClass(facts.verb) === 'delete' ? note.own : []
  return {
    index, at: facts.at, until: facts.until, whose: ours ? 'ours' : account ? 'account' : 'stranger', effective: !unchanged && isEffective(note),
    roots: note.own, ends, scenes, doubt: ours ? doubtOf(note, ours) : account && !fromCampaign(note, tokens) && note.near.length > 0 ? 'a service account of the cluster answered to the campaign: by definition a user, in truth perhaps a controller' : null,
  }
}

function isEffective({ facts }: LineNote): boolean {
  const verb = verbClass(facts.verb)
  if (verb === null || verb === 'get' || verb === 'watch' || facts.dryRun) return false
  if (facts.code !== null && facts.code >= 300) return false
  return !REVIEWS.has(facts.group) && !WITHOUT_EFFECT.has(facts.subresource)
}

/** The line must be what was sent: an id alone could be chosen by anybody. */
function doubtOf(note: LineNote, sent: SentRequest): string | null {
  if (!VERBS[sent.method]?.includes(note.facts.verb) || !samePath(note.uri, sent.path)) return 'it bears the id of a request of the campaign, and says something else'
  if (sent.label === null || note.facts.label === null) return note.facts.label === null ? 'it has no action of its own' : null
  return labelKey(note.facts.label) === labelKey(sent.label) ? null : 'the API server logged another action than was planned'
}

/** The query is left out of account: API servers write it in their own order, and redaction may have touched it. */
function samePath(uri: string, path: string): boolean {
  return uri.split('?')[0] === path.split('?')[0]
}

function fromCampaign({ user }: LineNote, tokens: ReadonlyMap<string, TokenHome>): boolean {
  for (const [token, home] of tokens) if (home.namespace && user.includes(token)) return true
  return false
}
