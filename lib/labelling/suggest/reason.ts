import type { Link } from '@/lib/contexts/types'
import { labelRule } from '../background/label-rules'
import type { SuggestionSource } from '../types'
import type { RequestReader } from './request-words'
import { ruleWords } from './rule-words'
import type { SuggestedLine } from './suggested-line'

/** Where a suggestion comes from, in words. */
export interface Reason {
  readonly source: SuggestionSource
  /** A rule's id, or a model's name. */
  readonly ref: string | null
  readonly reason: string
}

/** Rules by which a request is set apart before anybody asks for links. */
export const OWN_RULES = { trigger: 'external-user', nonresource: 'non-api' } as const

/** Why a line is suggested to be what it is. `trigger` is the index of its context's trigger among the requests, -1 for none. */
export function reasonOf(reader: RequestReader, line: SuggestedLine, trigger: number, model: string | null): Reason {
  if (line.role === 'nonresource') return { source: 'rule', ref: OWN_RULES.nonresource, reason: labelRule(OWN_RULES.nonresource)?.reason ?? '' }
  if (line.role === 'trigger') return { source: 'rule', ref: OWN_RULES.trigger, reason: triggerReason(reader, line) }
  if (line.role === 'background') return backgroundReason(line, model)
  const [link] = line.links
  if (!link) return { source: 'model', ref: model, reason: 'The model\'s own words: it sees a user\'s action behind this, but no trigger to show for it' }
  const source = link.rule === 'network' ? 'model' : 'link'
  return { source, ref: source === 'model' ? model : link.rule, reason: `${ruleWords(link.rule)} ${triggerWords(reader, trigger, link)}${keyWords(link)}` }
}

function triggerReason(reader: RequestReader, line: SuggestedLine): string {
  const { user } = reader.words(reader.requestOf(line.auditID))
  return user ? `Its own action: ${user} is no component of the cluster` : 'Its own action: the request names no user'
}

function backgroundReason({ evidence }: SuggestedLine, model: string | null): Reason {
  const rule = evidence?.rules.map(labelRule).find((one) => one?.role === 'background' && one.set === 'ours')
  if (rule) return { source: 'rule', ref: rule.id, reason: rule.reason }
  if (model !== null && evidence?.uncertainty != null) return { source: 'model', ref: model, reason: 'No link leads to a user\'s action, and the model sees none behind it' }
  return { source: 'link', ref: null, reason: 'No link leads to a user\'s action' }
}

/** `"create pods shop/cart" by alice at 18:20:11`; of a trigger that the log lacks, the auditID. */
function triggerWords(reader: RequestReader, trigger: number, link: Link): string {
  if (trigger < 0) return `request ${link.to.slice(0, 64)}`
  const { action, at, user } = reader.words(trigger)
  return `"${action}"${user ? ` by ${user}` : ''}${at ? ` at ${at}` : ''}`
}

const LONGEST_KEY = 160

function keyWords({ key }: Link): string {
  return key === '' ? '' : ` (${key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key})`
}
