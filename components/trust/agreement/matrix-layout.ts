import type { DisagreementMatrix, MatrixCell } from '@/lib/labelling/agreement/disagreements'

export interface MatrixGrid {
  /** Rows are what A said, columns what B said: the same classes in the same order. */
  readonly classes: readonly string[]
  /** `cells[row][column]`, null where nothing was said so. */
  readonly cells: readonly (readonly (MatrixCell | null)[])[]
  /** Largest count off the diagonal. */
  readonly largest: number
  /** Disagreements in classes that are not drawn. */
  readonly beyond: number
}

/** The matrix over the classes that take part in most disagreements, at most `size` of them; where there is none, over the commonest. */
export function matrixGrid(matrix: DisagreementMatrix, size: number): MatrixGrid {
  const wrong = new Map<string, number>()
  for (const { a, b, count } of matrix.cells) if (a !== b) for (const name of [a, b]) wrong.set(name, (wrong.get(name) ?? 0) + count)
  const ranked = wrong.size > 0 ? [...wrong].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).map(([name]) => name) : matrix.classes.map(({ label }) => label)
  const classes = ranked.slice(0, size).sort()
  const place = new Map(classes.map((name, at) => [name, at]))
  const cells: (MatrixCell | null)[][] = classes.map(() => classes.map(() => null))
  let [largest, beyond] = [0, 0]
  for (const cell of matrix.cells) {
    const [row, column] = [place.get(cell.a), place.get(cell.b)]
    if (row !== undefined && column !== undefined) {
      cells[row]![column] = cell
      if (row !== column) largest = Math.max(largest, cell.count)
    } else if (cell.a !== cell.b) beyond += cell.count
  }
  return { classes, cells, largest, beyond }
}

/** Where the arrow keys lead from a cell of a grid of `size` by `size`; null for other keys. */
export function stepCell(key: string, [row, column]: readonly [number, number], size: number): readonly [number, number] | null {
  const last = size - 1
  const clamp = (at: number): number => Math.max(0, Math.min(last, at))
  switch (key) {
    case 'ArrowUp': return [clamp(row - 1), column]
    case 'ArrowDown': return [clamp(row + 1), column]
    case 'ArrowLeft': return [row, clamp(column - 1)]
    case 'ArrowRight': return [row, clamp(column + 1)]
    case 'Home': return [row, 0]
    case 'End': return [row, last]
    default: return null
  }
}
