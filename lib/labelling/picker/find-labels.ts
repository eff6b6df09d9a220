import type { ActionLabel } from '@/lib/labels/action-label'
import { decodeLabel } from '@/lib/labels/codec'
import { VERB_CLASS_IDS, verbClass } from '@/lib/labels/verbs'
import { kindWords } from './kind-words'

/** A label with the words that it is found by. */
export interface FindableLabel { readonly label: ActionLabel; readonly words: readonly string[]; readonly uses: number }

/** Makes labels findable; `uses` says how often a label's code is in use, which puts it before others that fit as well. */
export function findable(labels: readonly ActionLabel[], uses: ReadonlyMap<number, number> = new Map()): FindableLabel[] {
  return labels.map((label) => ({ label, uses: uses.get(label.code) ?? 0, words: [label.verb, ...kindWords(label), label.subresource, label.group, ...label.group.split('.')].map((word) => word.toLowerCase()).filter(Boolean) }))
}

/** What is typed, word by word: parts of a path count as words. */
export function typedWords(text: string): string[] {
  return text.toLowerCase().split(/[\s/]+/).filter(Boolean)
}

/**
 * The labels that every typed word fits, the best first: by resource, sub-resource, verb (any of the eight), kind, kubectl's short name, API group, or the
 * digits that its integer begins with. A whole integer finds its label first, custom resources among `labels` included. Nothing typed finds all.
 */
export function findLabels(labels: readonly FindableLabel[], text: string, most: number): ActionLabel[] {
  const typed = typedWords(text)
  const numbered = typed.length === 1 && /^\d{1,16}$/.test(typed[0] as string) ? Number(typed[0]) : null
  const found: { readonly label: ActionLabel; readonly score: number; readonly uses: number }[] = []
  for (const { label, words, uses } of labels) {
    const score = scoreOf(label, words, typed)
    if (score !== null) found.push({ label, score: label.code === numbered ? Infinity : score, uses })
  }
  found.sort((a, b) => compare(b.score, a.score) || b.uses - a.uses || inTheirOrder(a.label, b.label))
  const answer = found.slice(0, most).map(({ label }) => label)
  // A label outside the list, such as one that Kubernetes does not serve, still has its integer.
  const decoded = numbered !== null && answer[0]?.code !== numbered ? decodeLabel(numbered) : null
  return decoded ? [decoded, ...answer].slice(0, most) : answer
}

/** Short names first, then what is done within a namespace, then verbs as they are numbered. */
function inTheirOrder(a: ActionLabel, b: ActionLabel): number {
  return a.resource.length - b.resource.length || Number(b.namespaced) - Number(a.namespaced) || VERB_CLASS_IDS[a.verb] - VERB_CLASS_IDS[b.verb] || a.code - b.code
}

const compare = (a: number, b: number): number => (a === b ? 0 : a - b)

/** How well all typed words fit; null where one fits nothing. */
function scoreOf(label: ActionLabel, words: readonly string[], typed: readonly string[]): number | null {
  let score = 0
  for (const word of typed) {
    const code = /^\d+$/.test(word) && String(label.code).startsWith(word) ? 50 : 0
    // "list" and "update" find the classes that they belong to.
    const verb = verbClass(word) === label.verb ? 90 : 0
    const best = words.reduce((most, other) => Math.max(most, fit(word, other)), Math.max(code, verb))
    if (best === 0) return null
    score += best
  }
  // Of labels that fit alike, the whole object before its parts, and one object before many.
  return score - (label.subresource === '' ? 0 : 2) - (label.single ? 0 : 1)
}

/** How well a typed word fits a word of a label, 0 for not at all: the same, its beginning, a part of it, its letters in order from the first. */
function fit(typed: string, word: string): number {
  if (typed === word) return 100
  if (word.startsWith(typed)) return 60 + (20 * typed.length) / word.length
  if (typed.length < 2) return 0
  if (word.includes(typed)) return 40
  if (word[0] !== typed[0]) return 0
  let at = 0
  for (const letter of typed.slice(1)) {
    at = word.indexOf(letter, at + 1)
    if (at < 0) return 0
  }
  return 10
}
