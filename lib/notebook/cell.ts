import { z } from 'zod'
import { SCALES } from '@/lib/experiments/spec/experiment-spec'

export const CELL_KINDS = ['markdown', 'query', 'chart', 'experiment', 'comparison', 'context'] as const
export type CellKind = (typeof CELL_KINDS)[number]

export const VIEWS = ['table', 'timeline', 'chart'] as const
export const SUBJECTS = ['contexts', 'events'] as const
/** What the rows of an answer can be counted by. */
export const GROUPINGS = ['verb', 'user', 'resource', 'namespace', 'code'] as const
export type Grouping = (typeof GROUPINGS)[number]

const LONGEST_TEXT = 100_000
export const MOST_CELLS = 500

export const cellIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'use small letters, digits and dashes, at most 40, beginning with a letter').refine((id) => !(id in {}), 'this word is taken')
const text = z.string().max(LONGEST_TEXT)
const datasetName = z.string().min(1).max(120)
const experimentName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'not a name of an experiment')
const field = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, 'not a name of a figure')

const common = {
  id: cellIdSchema,
  text,
  /** White space before it in the Markdown it came from, where that is not one empty line. */
  gap: z.string().regex(/^\s*$/).max(10_000).optional(),
  /** The block as it was written, kept while it says the same as the cell. */
  asWritten: z.string().max(2 * LONGEST_TEXT).optional(),
}

const markdownCell = z.strictObject({ kind: z.literal('markdown'), ...common })

const queryCell = z.strictObject({
  kind: z.literal('query'),
  ...common,
  dataset: datasetName,
  of: z.enum(SUBJECTS).default('contexts'),
  view: z.enum(VIEWS).default('table'),
  /** Rows shown; all are counted. */
  limit: z.coerce.number().int().min(1).max(200).default(20),
})

const chartCell = z.strictObject({
  kind: z.literal('chart'),
  ...common,
  /** A query or experiment cell; without it `experiment` names what is drawn. */
  from: cellIdSchema.optional(),
  /** All finished runs of an experiment. */
  experiment: experimentName.optional(),
  x: field.default('window'),
  y: field.default('windowPartsF1'),
  by: field.default('protocol'),
  /** Only what stands here: axis:value, several parted by commas; of one axis any of its values. */
  where: z.string().max(600).regex(/^[A-Za-z][A-Za-z0-9]{0,39}:[^,:\s]{1,80}(?:,[A-Za-z][A-Za-z0-9]{0,39}:[^,:\s]{1,80})*$/, 'axis:value, parted by commas').optional(),
})

const experimentCell = z.strictObject({
  kind: z.literal('experiment'),
  ...common,
  experiment: experimentName,
  dataset: datasetName.optional(),
  scale: z.enum(SCALES).default('smoke'),
  /** The id of a launch, or the newest of the experiment. */
  launch: z.string().regex(/^(?:latest|[0-9a-z]{12})$/, 'the id of a launch, or latest').default('latest'),
  /** Tables and figures of its report by id, and the words `findings`, `notes` and `runs`; without it the findings and the first table. */
  items: z.string().max(600).regex(/^[a-z0-9][a-z0-9-]*(?:,[a-z0-9][a-z0-9-]*)*$/, 'ids of tables and figures, parted by commas').optional(),
})

const comparisonCell = z.strictObject({
  kind: z.literal('comparison'),
  ...common,
  /** An experiment cell. */
  from: cellIdSchema.optional(),
  /** Numbers of runs, parted by commas. */
  runs: z.string().regex(/^\d{1,9}(?:,\d{1,9}){0,19}$/, 'numbers of runs, parted by commas').optional(),
  measures: z.string().regex(/^[A-Za-z][A-Za-z0-9]*(?:,[A-Za-z][A-Za-z0-9]*){0,29}$/, 'names of figures, parted by commas').default('windowPartsF1,linePartsF1,lineAccuracy,leakedTestLines,trainSeconds'),
})

const contextCell = z.strictObject({
  kind: z.literal('context'),
  ...common,
  dataset: datasetName.optional(),
  context: z.string().regex(/^ctx-[0-9a-f]{1,40}$/, 'not the id of a context').optional(),
  /** A query cell over contexts, of whose answer one is taken. */
  from: cellIdSchema.optional(),
  pick: z.enum(['first', 'largest', 'last']).default('first'),
})

export const cellSchema = z.discriminatedUnion('kind', [markdownCell, queryCell, chartCell, experimentCell, comparisonCell, contextCell])
export type Cell = z.infer<typeof cellSchema>
export type CellOf<K extends CellKind> = Extract<Cell, { kind: K }>
export type RunnableCell = Exclude<Cell, { kind: 'markdown' }>

/** The body of a notebook; its title stands apart. */
export const documentSchema = z.strictObject({
  cells: z.array(cellSchema).max(MOST_CELLS).refine((cells) => new Set(cells.map((cell) => cell.id)).size === cells.length, 'two cells have the same id'),
  /** Whether the title is the Markdown's first line. */
  heading: z.boolean().default(true),
  /** White space at the end of the Markdown, where that is not one line end. */
  tail: z.string().regex(/^\s*$/).max(10_000).optional(),
})
export type NotebookDocument = z.infer<typeof documentSchema>

export const titleSchema = z.string().trim().min(1).max(200).regex(/^\P{Cc}*$/u, 'a title is one line')

export function isRunnable(cell: Cell): cell is RunnableCell {
  return cell.kind !== 'markdown'
}

/** An id that no cell has yet: c1, c2 and so on. */
export function freshId(cells: readonly { readonly id: string }[]): string {
  const taken = new Set(cells.map((cell) => cell.id))
  for (let number = 1; ; number++) if (!taken.has(`c${number}`)) return `c${number}`
}

/** Whether an id was given by the program and need not be written down unless somebody refers to it. */
export function isFreshId(id: string): boolean {
  return /^c[1-9]\d*$/.test(id)
}

/** A new cell of a kind, its text empty. `dataset` is the one that is looked at now. */
export function newCell(kind: CellKind, id: string, dataset: string): Cell {
  switch (kind) {
    case 'markdown': return { kind, id, text: '' }
    case 'query': return { kind, id, text: '', dataset, of: 'contexts', view: 'table', limit: 20 }
    case 'chart': return { kind, id, text: '', x: 'window', y: 'windowPartsF1', by: 'protocol' }
    case 'experiment': return { kind, id, text: '', experiment: 'window-size', scale: 'smoke', launch: 'latest' }
    case 'comparison': return { kind, id, text: '', measures: 'windowPartsF1,linePartsF1,lineAccuracy,leakedTestLines,trainSeconds' }
    case 'context': return { kind, id, text: '', pick: 'first' }
  }
}
