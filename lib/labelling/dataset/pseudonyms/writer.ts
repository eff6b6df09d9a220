import { MARKER } from '@/lib/audit/redact-rules'
import { ADDRESS_GROUPS, codeDashed, codeV4, codeV6 } from './addresses'
import { Coder } from './coder'
import { isKnownDomain, TOP_DOMAINS, WELL_KNOWN_NAMES } from './vocabulary'

const UUID = '(?<![0-9a-zA-Z])[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![0-9a-zA-Z])'
const WORD = '[\\p{L}\\p{N}]+'
const EVERY_WORD = new RegExp(`(?<uuid>${UUID})|${ADDRESS_GROUPS}|(?<word>${WORD})`, 'gu')
const TEXT = new RegExp(
  [
    `(?<uuid>${UUID})`, '(?<system>system:(?:node|bootstrap|bootstrappers|serviceaccounts?):[^\\s"\',;()/]+)',
    '(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]{0,30}:\\/\\/)(?<host>[^\\s\\/"\'<>?#]+)', '(?<mail>[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63})*)',
    ADDRESS_GROUPS, '(?<blob>[A-Za-z0-9+/]{60,}={0,2})', '(?<dotted>(?<![\\p{L}\\p{N}.-])[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}(?:\\.[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}){1,10}(?![\\p{L}\\p{N}-]))', `(?<word>${WORD})`,
  ].join('|'), 'gu')
/** What tells of nobody: nothing, a mark, a truth value, an amount, a time, an id. */
const PLAIN = new RegExp(`^(?:|${MARKER.replaceAll(/[[\]]/g, String.raw`\$&`)}|true|false|True|False|Unknown|-?\\d+(?:\\.\\d+)?(?:[kKMGTPE]i?|[mun]|[mnuµ]?s|[hd]|%)?|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:\\d\\d)|${UUID})$`, 'u')
const SHORTEST_PRIVATE = 3
const MOST_CACHED = 200_000
const LONGEST_CACHED = 512

/** What walking a body does with the strings it meets: collecting words that are private, or writing pseudonyms for them. */
export interface Strings {
  /** A name of an object, a namespace, a user, a group or a host. */
  name(text: string): string
  /** What people wrote, of which every word is replaced. */
  value(text: string): string
  /** Sentences of components: private words, addresses and hosts in them. */
  text(text: string): string
  /** One opaque text, as a whole. */
  whole(text: string): string
}

/** Takes in the words that names are made of. */
export class PrivateWords implements Strings {
  readonly words = new Set<string>()

  name(text: string): string {
    if (!isOwnName(text)) return text
    for (const { groups } of text.matchAll(EVERY_WORD)) {
      const word = groups?.word
      if (word !== undefined && word.length >= SHORTEST_PRIVATE && !Coder.isCommon(word) && !/^\d+$/.test(word)) this.words.add(word)
    }
    return text
  }

  value(text: string): string {
    return text
  }

  text(text: string): string {
    return text
  }

  whole(text: string): string {
    return text
  }
}

function isOwnName(text: string): boolean {
  return !PLAIN.test(text) && !WELL_KNOWN_NAMES.has(text) && (!text.startsWith('system:') || SYSTEM_PART.test(text))
}

const SYSTEM_PART = /^(system:(?:node|bootstrap|bootstrappers|serviceaccounts?):)(.+)$/s

/** Writes pseudonyms for words; what stands between words stays, so that names which are made of others still are. */
export class PseudonymWriter implements Strings {
  readonly #coder: Coder
  readonly #private: ReadonlySet<string>
  readonly #names = new Map<string, string>()
  readonly #texts = new Map<string, string>()

  constructor(coder: Coder, privateWords: ReadonlySet<string>) {
    this.#coder = coder
    this.#private = privateWords
  }

  name(text: string): string {
    return cached(this.#names, text, () => this.#name(text))
  }

  /** Like a name: whoever wrote it may have written anything. */
  value(text: string): string {
    return this.name(text)
  }

  text(text: string): string {
    return cached(this.#texts, text, () => (PLAIN.test(text) ? text : text.replace(TEXT, (...found: unknown[]) => this.#part(found.at(-1) as Groups, found[0] as string))))
  }

  whole(text: string): string {
    return PLAIN.test(text) ? text : this.#coder.word(text)
  }

  #name(text: string): string {
    if (PLAIN.test(text) || WELL_KNOWN_NAMES.has(text)) return text
    if (text.startsWith('system:')) return this.#system(text)
    return this.#everyWord(text)
  }

  #everyWord(text: string): string {
    return text.replace(EVERY_WORD, (...found: unknown[]) => this.#part({ ...(found.at(-1) as Groups), every: 'yes' }, found[0] as string))
  }

  /** `system:` names are the control plane's, but for the node, account or token that they end with. */
  #system(text: string): string {
    const [, head, rest] = SYSTEM_PART.exec(text) ?? []
    if (head === undefined || rest === undefined) return text
    return head + rest.split(':').map((part) => this.#name(part)).join(':')
  }

  #part(groups: Groups, whole: string): string {
    const { uuid, system, scheme, host, mail, v4, v6, dashed, blob, dotted, word } = groups
    if (uuid !== undefined) return uuid
    if (word !== undefined) return groups.every !== undefined || this.#private.has(word) ? this.#coder.word(word) : word
    if (v4 !== undefined) return codeV4(this.#coder, v4)
    if (v6 !== undefined) return codeV6(this.#coder, v6)
    if (dashed !== undefined) return codeDashed(this.#coder, dashed)
    if (system !== undefined) return this.#system(system)
    if (scheme !== undefined && host !== undefined) return scheme + this.#everyWord(host)
    if (mail !== undefined) return this.#everyWord(mail)
    if (blob !== undefined) return /[a-z]/.test(blob) && /[A-Z]/.test(blob) ? this.#coder.word(blob) : this.#privateWords(blob)
    if (dotted !== undefined) return isHost(dotted) ? this.#everyWord(dotted) : this.#privateWords(dotted)
    return whole
  }

  #privateWords(text: string): string {
    return text.replace(EVERY_WORD, (...found: unknown[]) => this.#part(found.at(-1) as Groups, found[0] as string))
  }
}

type Groups = Readonly<Record<string, string | undefined>>

function isHost(dotted: string): boolean {
  if (isKnownDomain(dotted)) return false
  const last = dotted.slice(dotted.lastIndexOf('.') + 1).toLowerCase()
  return TOP_DOMAINS.has(last) || /^[a-z]{2}$/.test(last)
}

function cached(cache: Map<string, string>, text: string, make: () => string): string {
  if (text.length > LONGEST_CACHED) return make()
  const known = cache.get(text)
  if (known !== undefined) return known
  if (cache.size >= MOST_CACHED) cache.clear()
  const made = make()
  cache.set(text, made)
  return made
}
