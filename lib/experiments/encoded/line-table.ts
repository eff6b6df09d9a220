import { PAPER_FEATURES } from '@/lib/features/catalogue'
import type { ActionLabel } from '@/lib/labels/action-label'
import { classKey } from '@/lib/model/label-coder'

/** Codes of one kind of line table: 16 bits each where every column has few enough values. */
export type Codes = Uint16Array | Uint32Array

/**
 * Lines as places in tables of distinct values, so that any split's vocabularies and codes follow by array work.
 * What is stored fits every split: nothing is fitted yet.
 */
export interface LineTable {
  readonly lines: number
  /** [lines * 39]: 0 is a missing value, else `values[column][code - 1]`; columns in the order of PAPER_FEATURES. */
  readonly codes: Codes
  readonly values: readonly (readonly string[])[]
  /** [lines]: the place in `labels`, -1 where nobody knows. */
  readonly labelCodes: Int32Array
  readonly labels: readonly ActionLabel[]
  /** [lines]: the request that a line is of; one whose stages are lines of their own stands there several times. */
  readonly auditIDs: readonly string[]
}

export const TABLE_COLUMNS = PAPER_FEATURES.length

/** Values of one column, numbered from 1 as they first appear. */
class Column {
  readonly values: string[] = []
  readonly #codes = new Map<string, number>()

  code(value: string | null): number {
    if (value === null) return 0
    const known = this.#codes.get(value)
    if (known !== undefined) return known
    this.values.push(value)
    this.#codes.set(value, this.values.length)
    return this.values.length
  }
}

/** Gathers lines into a table one by one; equal values and labels are kept once. */
export class LineTableBuilder {
  readonly #columns = Array.from({ length: TABLE_COLUMNS }, () => new Column())
  readonly #codes: number[] = []
  readonly #labels: ActionLabel[] = []
  readonly #labelOf = new Map<string, number>()
  readonly #labelCodes: number[] = []
  readonly #auditIDs: string[] = []

  get lines(): number {
    return this.#labelCodes.length
  }

  /** `row` holds the 39 values of a line. */
  add(row: readonly (string | null)[], label: ActionLabel | null, auditID: string): void {
    this.#columns.forEach((column, i) => this.#codes.push(column.code(row[i] ?? null)))
    this.#labelCodes.push(label === null ? -1 : this.#labelCode(label))
    this.#auditIDs.push(auditID)
  }

  build(): LineTable {
    const values = this.#columns.map((column) => column.values)
    const narrow = values.every((column) => column.length < 2 ** 16)
    return { lines: this.lines, codes: narrow ? Uint16Array.from(this.#codes) : Uint32Array.from(this.#codes), values, labelCodes: Int32Array.from(this.#labelCodes), labels: this.#labels, auditIDs: this.#auditIDs }
  }

  #labelCode(label: ActionLabel): number {
    const key = classKey(label)
    const known = this.#labelOf.get(key)
    if (known !== undefined) return known
    this.#labels.push(label)
    this.#labelOf.set(key, this.#labels.length - 1)
    return this.#labels.length - 1
  }
}

/** A table of rows at hand; each is a request of its own unless told otherwise. */
export function tableOf(rows: readonly (readonly (string | null)[])[], labels: readonly (ActionLabel | null)[], auditIDs: readonly string[] = []): LineTable {
  const builder = new LineTableBuilder()
  rows.forEach((row, i) => builder.add(row, labels[i] ?? null, auditIDs[i] ?? `line-${i}`))
  return builder.build()
}

/** The 39 values of every line again. */
export function rowsOf({ lines, codes, values }: LineTable): (string | null)[][] {
  return Array.from({ length: lines }, (_, line) => values.map((column, i) => column[(codes[line * TABLE_COLUMNS + i] ?? 0) - 1] ?? null))
}

/** The label of every line, null where nobody knows. */
export function labelsOf({ labelCodes, labels }: LineTable): (ActionLabel | null)[] {
  return Array.from(labelCodes, (code) => labels[code] ?? null)
}
