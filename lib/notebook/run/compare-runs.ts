import { AuditweaveError } from '@/lib/audit/errors'
import { findMeasure } from '@/lib/experiments/measures'
import { valueTitle } from '@/lib/experiments/report/axis-text'
import { observationsOf } from '@/lib/experiments/report/observation'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import type { CellOf } from '../cell'
import type { LinePair, OutputOf } from '../result'
import type { NotebookSources } from './sources'

const MOST_COMPARED = 12
/** Each takes a second or more. */
const MOST_PAIRS = 4

/** Runs side by side by the measures that the cell names, and line by line the first against those that follow it. @throws AuditweaveError 'bad-comparison' */
export async function compareRuns(cell: CellOf<'comparison'>, records: readonly RunRecord[], sources: Pick<NotebookSources, 'compareLines'>): Promise<OutputOf<'comparison'>> {
  const compared = records.slice(0, MOST_COMPARED)
  const observed = compared.map(observationsOf)
  const measures = cell.measures.split(',')
  const unknown = measures.find((key) => findMeasure(key) === undefined && !observed.flat().some((one) => Object.hasOwn(one.measures, key)))
  if (unknown !== undefined) throw new AuditweaveError('bad-comparison', `Runs have no figure "${unknown.slice(0, 60)}". Choose figures in the cell's form.`)
  return {
    kind: 'comparison',
    runs: compared.map((run) => ({ id: run.id, number: run.number, label: labelOf(run), protocol: String(run.axes['protocol'] ?? '') })), more: records.length - compared.length,
    rows: measures.map((measure) => ({ measure, values: observed.map((observations) => valueOf(observations, measure)) })),
    lines: await linePairs(compared, sources),
  }
}

/** The training's own figure; else that of the only point that has it, as of several none speaks for the run. */
function valueOf(observations: ReturnType<typeof observationsOf>, measure: string): number | null {
  const having = observations.filter((one) => one.measures[measure] !== undefined)
  const own = having.find((one) => one.own.length === 0) ?? (having.length === 1 ? having[0] : undefined)
  return own?.measures[measure] ?? null
}

const SAID_APART: ReadonlySet<string> = new Set(['protocol', 'preset', 'seed'])

function labelOf({ axes, seed }: RunRecord): string {
  const swept = Object.entries(axes).filter(([axis]) => !SAID_APART.has(axis)).map(([axis, value]) => (axis === 'window' ? `W=${value}` : valueTitle(axis, value)))
  const protocol = axes['protocol'] === 'whole' ? [] : [String(axes['protocol'] ?? '')]
  return [...protocol, ...swept, `seed ${seed}`].filter(Boolean).join(', ').slice(0, 200)
}

/** Answers stand on lines only where a run was trained and tested. */
async function linePairs(runs: readonly RunRecord[], sources: Pick<NotebookSources, 'compareLines'>): Promise<LinePair[]> {
  const [first, ...others] = runs.filter((run) => run.kind === 'train')
  const pairs: LinePair[] = []
  if (first) for (const other of others.slice(0, MOST_PAIRS)) pairs.push({ a: first.number, b: other.number, ids: [first.id, other.id], ...await sources.compareLines(first.id, other.id) })
  return pairs
}
