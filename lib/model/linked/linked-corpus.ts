import type { AuditEvent } from '@/lib/audit/event'
import type { FactOptions } from '@/lib/contexts/facts'
import type { Rule } from '@/lib/contexts/rules/rule'
import { RULES } from '@/lib/contexts/rules/table'
import { threefry, STREAMS } from '../random'
import { LinkedLines, type LinkedTable } from './linked-lines'
import { LOG_VARIANTS, type LogVariant } from './log-variants'
import type { TrainingTable } from './training-table'

/** One form of a log, linked by all rules or, so that a model learns not to lean on them, by some. */
export interface CorpusTable<T extends TrainingTable = TrainingTable> {
  readonly name: string
  readonly variant: LogVariant
  readonly rules: 'all' | 'some'
  readonly table: T
  /** How often training draws from it, beside the others. */
  readonly weight: number
}

/** Forms whose lines training also sees with some of the rules silent. */
const THINNED: ReadonlySet<string> = new Set(['logged', 'metadata'])
const WEIGHTS: Readonly<Record<string, number>> = { logged: 3, metadata: 3 }
/** Shares of the rules that speak; each gives a table. */
const KEPT = [0.8, 0.5] as const
/** Events in a row for which the same rules are silent: longer than a window, so that a network meets a log in which a rule never speaks. */
const STRETCH = 300

/** The rules that speak in each stretch of events, drawn by the seed. */
export function thinnedRules(seed: number, round: number, kept: number): (index: number) => readonly Rule[] {
  const drawn = new Map<number, readonly Rule[]>()
  return (index) => {
    const stretch = Math.floor(index / STRETCH)
    let rules = drawn.get(stretch)
    if (!rules) drawn.set(stretch, (rules = RULES.filter((_, rule) => threefry(seed, STREAMS.rules, stretch, round * 64 + rule)[0] / 2 ** 32 < kept)))
    return rules
  }
}

/** A log in all its forms, however it came by them. */
export interface CorpusTables {
  /** The table of every form by all rules. */
  tables(): readonly CorpusTable[]
  /** Tables whose links are thinned, each by other rules; the seed says which. */
  thinned(seed: number): readonly CorpusTable[]
}

/** Takes a log as it is read, once, and makes a table of each of its forms. */
export class LinkedCorpus implements CorpusTables {
  readonly #forms: readonly { readonly variant: LogVariant; readonly lines: LinkedLines }[]

  constructor(options: Omit<FactOptions, 'pool'> = {}, variants: readonly LogVariant[] = LOG_VARIANTS) {
    this.#forms = variants.map((variant) => ({ variant, lines: new LinkedLines(options) }))
  }

  add(events: readonly AuditEvent[]): void {
    for (const { variant, lines } of this.#forms) {
      lines.add(events.flatMap((event) => variant.change(event) ?? []))
    }
  }

  /** The table of every form by all rules. */
  tables(): CorpusTable<LinkedTable>[] {
    return this.#forms.map(({ variant, lines }) => ({ name: variant.name, variant, rules: 'all', table: lines.table(), weight: WEIGHTS[variant.name] ?? 1 }))
  }

  /** Tables whose links are thinned, each by other rules; the seed says which. */
  thinned(seed: number): CorpusTable<LinkedTable>[] {
    return this.#forms.filter(({ variant }) => THINNED.has(variant.name)).flatMap(({ variant, lines }) => KEPT.map((kept, round): CorpusTable<LinkedTable> => ({
      name: `${variant.name}, ${Math.round(kept * 100)} % of the rules`, variant, rules: 'some', weight: 1, table: lines.table({ rulesAt: thinnedRules(seed, round, kept) }),
    })))
  }
}
