import { featureRow } from '@/lib/features/feature-row'
import type { EncodedDataset } from '@/lib/model/dataset'
import { LOG_VARIANTS, type LogVariant } from '@/lib/model/linked/log-variants'
import { isModelLine } from '@/lib/model/line-target'
import { coveredLines } from '@/lib/model/windows'
import { encodeTableWith } from './encoded/encode-table'
import { LineTableBuilder } from './encoded/line-table'
import type { LabelledLog } from './labelled-log'
import type { PreparedRun } from './prepare-run'

/** The test lines in another form of the log, with the lines around them that a network may look at. */
export interface FormLines {
  readonly variant: LogVariant
  readonly dataset: EncodedDataset
  /** [lines] 1 where a line counts in the scores. */
  readonly counts: Uint8Array
  /** [lines] 1 where a line belongs to a context, trigger or consequence. */
  readonly inContext: Uint8Array
}

/** Reads a log once and makes its test lines anew in every form, encoded with what the run fitted. Lines of which a form has no trace are not in it. */
export async function readForms(log: LabelledLog, prepared: PreparedRun, signal: AbortSignal): Promise<FormLines[]> {
  const { scored, auditIDs, split, network } = prepared
  const { from, to } = split.testLines
  const covered = coveredLines(split.test, network.window, scored.lines.lines)
  const places = new LinePlaces(auditIDs)
  const forms = LOG_VARIANTS.map((variant) => ({ variant, builder: new FormBuilder(prepared) }))
  for await (const batch of log.events()) {
    signal.throwIfAborted()
    for (const event of batch) {
      const line = isModelLine(event) ? places.next(event.auditID) : -1
      if (line < from || line >= to) continue
      for (const { variant, builder } of forms) {
        const changed = variant.change(event)
        if (changed) builder.add(line, featureRow(changed))
      }
    }
  }
  const truth = await log.truth()
  const inContext = Uint8Array.from(auditIDs, (id) => (truth.get(id)?.label ? 1 : 0))
  return forms.map(({ variant, builder }) => ({ variant, ...builder.build(covered, inContext) }))
}

/** Lines by auditID, each occurrence in turn. */
class LinePlaces {
  readonly #lines = new Map<string, number[]>()

  constructor(auditIDs: readonly string[]) {
    for (let line = auditIDs.length - 1; line >= 0; line--) {
      const id = auditIDs[line] as string
      const known = this.#lines.get(id)
      if (known) known.push(line)
      else this.#lines.set(id, [line])
    }
  }

  /** The next line of a request; -1 where it has no further one. */
  next(auditID: string): number {
    return this.#lines.get(auditID)?.pop() ?? -1
  }
}

/** Rows of one form, whatever order they come in. */
class FormBuilder {
  readonly #rows: { readonly line: number; readonly row: readonly (string | null)[] }[] = []
  readonly #pool = new Map<string, string>()

  constructor(readonly prepared: PreparedRun) {}

  /** Values repeat in nearly every line; a slice of a parsed body would keep the body alive. */
  add(line: number, row: readonly (string | null)[]): void {
    this.#rows.push({ line, row: row.map((value) => (value === null ? null : this.#shared(value))) })
  }

  build(covered: Uint8Array, inContext: Uint8Array): Omit<FormLines, 'variant'> {
    const { scored } = this.prepared
    const sorted = this.#rows.toSorted((a, b) => a.line - b.line)
    const table = new LineTableBuilder()
    for (const { line, row } of sorted) table.add(row, scored.labels[line] ?? null, this.prepared.auditIDs[line] ?? '')
    const marks = (of: Uint8Array): Uint8Array => Uint8Array.from(sorted, ({ line }) => of[line] ?? 0)
    return { dataset: encodeTableWith(table.build(), scored.inputs, scored.coder), counts: marks(covered), inContext: marks(inContext) }
  }

  #shared(value: string): string {
    const known = this.#pool.get(value)
    if (known !== undefined) return known
    this.#pool.set(value, value)
    return value
  }
}
