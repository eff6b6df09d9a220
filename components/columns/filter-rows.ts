import type { Column, NumberColumn, WordColumn } from './column'
import { parseFilter, type FilterPart, type Operator } from './filter-text'

type Condition = Extract<FilterPart, { kind: 'condition' }>
/** 1 where a row stays. */
export type Mask = Uint8Array

export interface FilterResult {
  readonly mask: Mask
  /** Conditions that nothing can be made of, each said in a sentence. */
  readonly problems: readonly string[]
}

export interface Filterable {
  readonly count: number
  /** The column of a name as the reader writes it. */
  readonly column: (name: string) => Column | undefined
  /** What words are looked for in, in lower case, one text a row. */
  readonly texts: () => readonly string[]
}

/** Rows that pass every part of a filter. A condition that cannot be understood lets nothing through, and is told. */
export function filterRows(text: string, of: Filterable): FilterResult {
  const mask = new Uint8Array(of.count).fill(1)
  const problems: string[] = []
  for (const part of parseFilter(text)) {
    if (part.kind === 'word') keepWord(mask, of.texts(), part.text, part.not)
    else {
      const problem = keepCondition(mask, of.column(part.name), part)
      if (problem) problems.push(problem)
    }
  }
  return { mask, problems }
}

function keepWord(mask: Mask, texts: readonly string[], word: string, not: boolean): void {
  texts.forEach((text, row) => {
    if (mask[row] === 1 && text.includes(word) === not) mask[row] = 0
  })
}

function keepCondition(mask: Mask, column: Column | undefined, condition: Condition): string | null {
  if (!column) {
    mask.fill(0)
    return `There is no column "${condition.name}".`
  }
  return column.kind === 'number' ? keepNumbers(mask, column, condition) : keepWords(mask, column, condition)
}

function keepNumbers(mask: Mask, column: NumberColumn, { operator, value, not }: Condition): string | null {
  if (operator === ':') {
    column.values.forEach((number, row) => {
      if ((!Number.isNaN(number) && String(number).includes(value)) === not) mask[row] = 0
    })
    return null
  }
  // Times are told as dates.
  const bound = value.trim() === '' || Number.isNaN(Number(value)) ? Date.parse(value) : Number(value)
  if (Number.isNaN(bound)) {
    mask.fill(0)
    return `"${column.title}" holds numbers, so that it cannot be compared with "${value}".`
  }
  const test = numberTest(operator, bound)
  column.values.forEach((number, row) => {
    if (test(number) === not) mask[row] = 0
  })
  return null
}

/** NaN, which stands for none, passes != alone. */
function numberTest(operator: Operator, bound: number): (value: number) => boolean {
  switch (operator) {
    case '>': return (value) => value > bound
    case '<': return (value) => value < bound
    case '>=': return (value) => value >= bound
    case '<=': return (value) => value <= bound
    case '!=': return (value) => value !== bound
    default: return (value) => value === bound
  }
}

/** Each distinct word is tested once. */
function keepWords(mask: Mask, column: WordColumn, { operator, value, not }: Condition): string | null {
  const wanted = value.toLowerCase()
  const test = wordTest(operator, wanted)
  const passes = column.words.map((word) => test(word.toLowerCase()))
  const none = test('')
  column.codes.forEach((code, row) => {
    if ((code < 0 ? none : (passes[code] ?? false)) === not) mask[row] = 0
  })
  return null
}

function wordTest(operator: Operator, wanted: string): (word: string) => boolean {
  switch (operator) {
    case ':': return (word) => word.includes(wanted)
    case '!=': return (word) => word !== wanted
    case '=': return (word) => word === wanted
    case '>': return (word) => word > wanted
    case '<': return (word) => word !== '' && word < wanted
    case '>=': return (word) => word >= wanted
    case '<=': return (word) => word !== '' && word <= wanted
  }
}

/** Keeps rows whose word is one of these; '' stands for none. */
export function keepAmong(mask: Mask, column: Column | undefined, values: readonly string[]): void {
  if (column?.kind !== 'word') {
    if (!values.includes('')) mask.fill(0)
    return
  }
  const passes = column.words.map((word) => values.includes(word))
  const none = values.includes('')
  column.codes.forEach((code, row) => {
    if (!(code < 0 ? none : (passes[code] ?? false))) mask[row] = 0
  })
}

export function rowsOf(mask: Mask, base: Int32Array): Int32Array {
  return base.filter((row) => mask[row] === 1)
}
