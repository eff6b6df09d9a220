import { AuditweaveError } from '@/lib/audit/errors'
import { Seeded } from '@/lib/audit/seeded'

const ID_LENGTH = 6
const SERIAL_LENGTH = 3
const ID = /^[bcdfghjklmnpqrstvwxz2456789]{6}$/
/** Longer bases are cut by controllers that add a suffix of their own. */
const LONGEST_WORD = 24

/** Label that everything a capture makes bears, with the campaign's id: what cleaning up goes by. */
export const CAMPAIGN_LABEL = 'auditweave/campaign'

/** Whether a text may be the id of a campaign. */
export function isCampaignId(text: string): boolean {
  return ID.test(text)
}

/** The id that a campaign runs under, from its seed and its name. */
export function campaignId(seed: number, name: string): string {
  let mixed = seed | 0
  for (const letter of name) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193)
  return new Seeded(mixed).suffix(ID_LENGTH)
}

/**
 * Names for one campaign. Each bears a token of its own (the campaign's id and a serial), which no other name of the campaign, and by chance no
 * name of the cluster, has: who finds a token in a line knows which object it speaks of, also where a controller has added to the name.
 */
export class Names {
  readonly #random: Seeded
  readonly #given = new Set<string>()

  constructor(readonly id: string, seed: number) {
    this.#random = new Seeded(seed ^ 0x5bd1e995)
  }

  /** A new name beginning with a word. @throws AuditweaveError 'bad-campaign' for a word that no object may be named by */
  make(word: string): string {
    if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(word) || word.length > LONGEST_WORD) {
      throw new AuditweaveError('bad-campaign', `"${word}" cannot begin a name: use at most ${LONGEST_WORD} lower-case letters, digits and dashes.`)
    }
    let serial = this.#random.suffix(SERIAL_LENGTH)
    while (this.#given.has(serial)) serial = this.#random.suffix(SERIAL_LENGTH)
    this.#given.add(serial)
    return `${word}-${this.id}${serial}`
  }
}

/** Finds the tokens of campaigns in a text, each once. */
export function tokenFinder(ids: readonly string[]): (text: string) => readonly string[] {
  const pattern = new RegExp(`(?:${ids.filter(isCampaignId).join('|')})[bcdfghjklmnpqrstvwxz2456789]{${SERIAL_LENGTH}}`, 'g')
  return (text) => (ids.some((id) => text.includes(id)) ? [...new Set(text.match(pattern) ?? [])] : [])
}

/** The token in a name, or null where it bears none of the campaign's. */
export function tokenOf(id: string, name: string): string | null {
  return tokenFinder([id])(name)[0] ?? null
}
