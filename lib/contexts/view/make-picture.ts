import type { ContextPicture, NumberColumn, PictureContext, PictureLine, WordColumn } from './picture'

/** Lines that one picture carries at most. */
export const MOST_LINES = 200_000

class Words {
  readonly list: string[] = []
  readonly #places = new Map<string, number>()

  code(word: string | null): number {
    if (word === null || word === '') return -1
    const place = this.#places.get(word) ?? this.list.push(word) - 1
    this.#places.set(word, place)
    return place
  }
}

const inTime = (a: PictureLine, b: PictureLine): number => (a.micros ?? Infinity) - (b.micros ?? Infinity) || a.seq - b.seq || 0

/** Puts lines in order of time (those without one last) and into columns; of more than MOST_LINES the later ones are left out and counted. */
export function makePicture(context: Omit<PictureContext, 'omitted'> & { readonly omitted?: number }, lines: readonly PictureLine[]): ContextPicture {
  const sorted = lines.toSorted(inTime)
  const kept = sorted.slice(0, MOST_LINES)
  const words = new Words()
  const base = kept.find(({ micros }) => micros !== null)?.micros ?? 0
  const codes = (read: (line: PictureLine) => string | null): number[] => kept.map((line) => words.code(read(line)))
  const wordColumns: Record<WordColumn, number[]> = {
    stage: codes(({ stage }) => stage), user: codes(({ user }) => user), actingAs: codes(({ actingAs }) => actingAs), agent: codes(({ agent }) => agent), address: codes(({ address }) => address),
    verb: codes(({ verb }) => verb), group: codes(({ group }) => group), resource: codes(({ resource }) => resource), subresource: codes(({ subresource }) => subresource), namespace: codes(({ namespace }) => namespace),
    name: codes(({ name }) => name), path: codes(({ path }) => path), role: codes(({ role }) => role),
    outcome: codes(({ outcome }) => outcome?.kind ?? null), about: codes(({ outcome }) => outcome?.about ?? null), where: codes(({ outcome }) => outcome?.where ?? null),
  }
  const numberColumns: Record<NumberColumn, (number | null)[]> = {
    micros: kept.map(({ micros }) => (micros === null ? null : micros - base)),
    until: kept.map(({ until, micros }) => (until === null || micros === null ? null : until - micros)),
    code: kept.map(({ code }) => code), confidence: kept.map(({ confidence }) => (confidence === null ? null : Math.round(confidence * 1e4) / 1e4)),
  }
  return {
    version: 1, context: { ...context, omitted: (context.omitted ?? 0) + sorted.length - kept.length }, base, links: linkColumns(kept, words), words: words.list,
    lines: { seq: kept.map(({ seq }) => seq), auditID: kept.map(({ auditID }) => auditID), corrected: kept.map(({ corrected }) => (corrected ? 1 : 0)), ...wordColumns, ...numberColumns },
    change: kept.findLast(({ auditID, change }) => auditID === context.trigger && change !== null)?.change ?? null,
  }
}

function linkColumns(lines: readonly PictureLine[], words: Words): ContextPicture['links'] {
  const first = new Map<string, number>()
  lines.forEach(({ auditID }, index) => { if (!first.has(auditID)) first.set(auditID, index) })
  const links = { of: [] as number[], to: [] as number[], other: [] as number[], rule: [] as number[], key: [] as number[], score: [] as number[] }
  lines.forEach((line, index) => {
    if (first.get(line.auditID) !== index) return
    for (const { rule, key, to, score } of line.links) {
      const target = first.get(to) ?? -1
      links.of.push(index)
      links.to.push(target)
      links.other.push(target < 0 ? words.code(to) : -1)
      links.rule.push(words.code(rule))
      links.key.push(words.code(key))
      links.score.push(Math.round(score * 1e4) / 1e4)
    }
  })
  return links
}
