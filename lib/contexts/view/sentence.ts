import { visibleText } from '@/lib/contexts/visible-text'
import type { OutcomeKind } from './outcome'
import { actionOf, objectOf } from './names'
import type { OpenPicture } from './open-picture'
import { triggerWords } from './trigger-words'
import { singular } from './words'

const MOST_PARTS = 6
const LONGEST = 140

/** What of the objects that a context made is not worth a sentence: records and credentials that come with everything. */
const BESIDE = new Set(['events', 'leases', 'tokenreviews', 'subjectaccessreviews', 'serviceaccounts/token', 'pods/binding', 'endpoints', 'endpointslices', 'controllerrevisions', 'configmaps'])

/** How a person would tell the context: "alice scaled deployment shop/cart from 2 to 4: 2 pods created, 1 failed to schedule". Safe to print anywhere. */
export function contextSentence(picture: OpenPicture): string {
  const head = triggerWords(picture)
  if (picture.requests <= 1) return picture.trigger >= 0 && picture.failed(picture.trigger) ? head : `${head}; nothing followed`
  const parts = followed(picture)
  return `${head}: ${(parts.length > 0 ? parts : tally(picture)).slice(0, MOST_PARTS).join(', ')}`
}

function followed(picture: OpenPicture): string[] {
  const counted = new Counted(picture)
  const pods = podWords(counted)
  return [...objectWords(counted), ...pods, ...deniedWords(picture)]
}

/** What requests made and took away, and what became of pods: by object, so that no retry counts twice. */
class Counted {
  readonly created = new Map<string, Set<string>>()
  readonly deleted = new Map<string, Set<string>>()
  readonly became = new Map<OutcomeKind, Set<string>>()
  readonly nodes = new Set<string>()

  constructor(picture: OpenPicture) {
    const own = picture.trigger < 0 ? '' : `${picture.text('resource', picture.trigger)} ${objectOf(picture, picture.trigger)}`
    for (let request = 0; request < picture.requests; request++) {
      this.#outcome(picture, request)
      // What the head of the sentence says of an object is not said again where a component carries it out.
      if (request === picture.trigger || picture.failed(request) || own === `${picture.text('resource', request)} ${objectOf(picture, request)}`) continue
      const verb = picture.text('verb', request)
      const made = verb === 'create' ? this.created : verb === 'delete' ? this.deleted : null
      if (made) add(made, actionOf(picture, request).slice((verb?.length ?? 0) + 1), objectOf(picture, request) || String(request))
    }
    // A container that ends because its pod is deleted has not finished its work.
    for (const gone of [...(this.deleted.get('pods') ?? []), own.replace('pods ', '')]) this.became.get('finished')?.delete(gone)
  }

  count(kind: OutcomeKind): number {
    return this.became.get(kind)?.size ?? 0
  }

  #outcome(picture: OpenPicture, request: number): void {
    const [kind, about] = [picture.text('outcome', request) as OutcomeKind | null, picture.text('about', request)]
    if (kind === null || about === null) return
    add(this.became, kind, about)
    if (kind === 'scheduled' || kind === 'started') for (const overcome of kind === 'scheduled' ? ['unschedulable'] as const : ['unschedulable', 'image-pull'] as const) this.became.get(overcome)?.delete(about)
    const where = picture.text('where', request)
    if (kind === 'scheduled' && where !== null) this.nodes.add(where)
  }
}

function add<K>(to: Map<K, Set<string>>, key: K, value: string): void {
  const set = to.get(key) ?? new Set<string>()
  set.add(value)
  to.set(key, set)
}

const many = (count: number, resource: string): string => `${count.toLocaleString('en')} ${count === 1 ? singular(resource) : resource}`

function objectWords({ created, deleted }: Counted): string[] {
  const of = (sets: ReadonlyMap<string, ReadonlySet<string>>, most: number): [string, number][] => [...sets].filter(([kind]) => kind !== 'pods' && !kind.includes('/') && !BESIDE.has(kind)).map(([kind, { size }]): [string, number] => [kind, size]).sort(([, a], [, b]) => b - a).slice(0, most)
  const gone = deleted.get('pods')?.size ?? 0
  return [...of(created, 2).map(([kind, count]) => `${many(count, kind)} created`), ...of(deleted, 2).map(([kind, count]) => `${many(count, kind)} deleted`), ...(gone > 0 ? [`${many(gone, 'pods')} deleted`] : [])]
}

const TROUBLE: readonly (readonly [OutcomeKind, string])[] = [
  ['unschedulable', 'failed to schedule'], ['image-pull', 'could not pull an image'], ['crashed', 'crashed'], ['out-of-memory', 'ran out of memory'], ['volume', 'could not mount a volume'], ['evicted', 'evicted'], ['failed', 'failed'],
]

/** The life of pods in one phrase where all went the same way, else step by step. */
function podWords(counted: Counted): string[] {
  const [created, scheduled, started, finished] = [counted.created.get('pods')?.size ?? 0, counted.count('scheduled'), counted.count('started'), counted.count('finished')]
  const nodes = counted.nodes.size
  const on = nodes === 0 ? '' : ` on ${nodes.toLocaleString('en')} node${nodes === 1 ? '' : 's'}`
  const words: string[] = []
  const steps = ([[scheduled, `scheduled${on}`], [started, 'started'], [finished, 'finished']] as const).filter(([count]) => count > 0)
  const pods = created || Math.max(0, ...steps.map(([count]) => count))
  if (pods > 0) {
    const same = steps.filter(([count]) => count === pods).map(([, word]) => word)
    const all = [...(created > 0 ? ['created'] : []), ...same]
    words.push(`${many(pods, 'pods')} ${all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : (all[0] ?? 'concerned')}`)
    for (const [count, word] of steps) if (count !== pods) words.push(`${count.toLocaleString('en')} ${word}`)
  }
  let said = pods > 0
  for (const [kind, word] of TROUBLE) {
    const count = counted.count(kind)
    if (count === 0) continue
    words.push(`${said ? count.toLocaleString('en') : many(count, 'pods')} ${word}`)
    said = true
  }
  if (counted.count('not-created') > 0) words.push('pods could not be created')
  return words
}

function deniedWords(picture: OpenPicture): string[] {
  const counts = new Map<string, number>()
  for (let request = 0; request < picture.requests; request++) {
    const code = picture.number('code', request) ?? 0
    const word = code === 401 || code === 403 ? `denied (${code})` : code === 429 ? 'throttled (429)' : code >= 500 ? `failed (${code})` : null
    if (request !== picture.trigger && word !== null) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([word, count]) => `${count.toLocaleString('en')} request${count === 1 ? '' : 's'} ${word}`)
}

/** Where nothing came to be or went wrong: what there was most of. */
function tally(picture: OpenPicture): string[] {
  const counts = new Map<string, number>()
  for (let request = 0; request < picture.requests; request++) if (request !== picture.trigger) { const action = actionOf(picture, request); counts.set(action, (counts.get(action) ?? 0) + 1) }
  const groups = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const rest = groups.slice(3).reduce((sum, [, count]) => sum + count, 0)
  return [...groups.slice(0, 3).map(([action, count]) => `${count.toLocaleString('en')} × ${visibleText(action.slice(0, LONGEST))}`), ...(rest > 0 ? [`${rest.toLocaleString('en')} more followed`] : ['followed'])].reduce<string[]>((parts, part) => (part === 'followed' && parts.length > 0 ? [...parts.slice(0, -1), `${parts.at(-1)} followed`] : [...parts, part]), [])
}
