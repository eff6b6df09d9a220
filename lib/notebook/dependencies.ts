import { isRunnable, type Cell } from './cell'

/** The ids of the cells whose output a cell is made from. */
export function dependenciesOf(cell: Cell): readonly string[] {
  switch (cell.kind) {
    case 'markdown':
    case 'query':
    case 'experiment': return []
    case 'chart':
    case 'comparison':
    case 'context': return cell.from === undefined ? [] : [cell.from]
  }
}

/** Ids that some cell names. */
export function referredIds(cells: readonly Cell[]): Set<string> {
  return new Set(cells.flatMap(dependenciesOf))
}

/** Cells that are made, directly or through others, from the given one. */
export function dependantsOf(cells: readonly Cell[], id: string): string[] {
  const found = new Set<string>()
  const visit = (one: string): void => {
    for (const cell of cells) {
      if (found.has(cell.id) || !dependenciesOf(cell).includes(one)) continue
      found.add(cell.id)
      visit(cell.id)
    }
  }
  visit(id)
  found.delete(id)
  return cells.filter((cell) => found.has(cell.id)).map((cell) => cell.id)
}

export interface RunPlan {
  /** Ids of the cells that can run, each after those it is made from, else as they stand. */
  readonly order: readonly string[]
  /** Cells that cannot, and why. */
  readonly faults: ReadonlyMap<string, string>
}

/** In which order cells run: all of them, or those that are `wanted` with all that they are made from. */
export function planRun(cells: readonly Cell[], wanted?: readonly string[]): RunPlan {
  const byId = new Map(cells.map((cell) => [cell.id, cell]))
  const order: string[] = []
  const faults = new Map<string, string>()
  const state = new Map<string, 'open' | 'done'>()
  const visit = (cell: Cell): void => {
    if (state.has(cell.id)) return
    state.set(cell.id, 'open')
    for (const id of dependenciesOf(cell)) {
      const fault = faultOf(cell, byId.get(id), id, state.get(id) === 'open')
      if (fault !== null) faults.set(cell.id, fault)
      const needed = byId.get(id)
      if (needed && fault === null) {
        visit(needed)
        if (faults.has(id)) faults.set(cell.id, `It is made from ${id}, which cannot run.`)
      }
    }
    state.set(cell.id, 'done')
    if (isRunnable(cell) && !faults.has(cell.id)) order.push(cell.id)
  }
  for (const cell of cells) if (!wanted || wanted.includes(cell.id)) visit(cell)
  return { order, faults }
}

const SOURCES: Readonly<Partial<Record<Cell['kind'], readonly Cell['kind'][]>>> = { chart: ['query', 'experiment'], comparison: ['experiment'], context: ['query'] }

function faultOf(cell: Cell, needed: Cell | undefined, id: string, circular: boolean): string | null {
  if (id === cell.id || circular) return `It is made from ${id}, which is made from it. Choose another cell.`
  if (needed === undefined) return `There is no cell "${id}" in this notebook. Choose another cell, or give one that id.`
  const may = SOURCES[cell.kind] ?? []
  return may.includes(needed.kind) ? null : `${id} is a ${needed.kind} cell; a ${cell.kind} cell is made from ${may.join(' or ')} cells.`
}
