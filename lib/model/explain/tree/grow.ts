import { SplitSearch, type FoundSplit } from './split-search'
import { answersYes, type Node, type TreeTable } from './table'

export interface GrowOptions {
  readonly maxDepth: number
  readonly maxLeaves: number
  /** Fewest rows of a leaf. */
  readonly minLeaf: number
}

interface Growing {
  readonly rows: Int32Array
  readonly depth: number
  readonly made: Omit<Node, 'children'>
  readonly found: FoundSplit | null
  below: { readonly split: FoundSplit; readonly yes: Growing; readonly no: Growing } | null
}

/**
 * A classification tree by greedy entropy (CART, Breiman et al. 1984): of all leaves the one whose best split takes away most
 * entropy is split next, until depth, leaves or rows run out. Ties go to the lower column, then to the lower code.
 */
export function growTree(table: TreeTable, options: GrowOptions): Node {
  const search = new SplitSearch(table, options.minLeaf)
  const begin = (rows: Int32Array, depth: number): Growing => ({ rows, depth, made: search.summary(rows), found: depth < options.maxDepth ? search.best(rows) : null, below: null })
  const root = begin(Int32Array.from({ length: table.rows }, (_, row) => row), 0)
  const open = [root]
  for (let leaves = 1; leaves < options.maxLeaves; leaves++) {
    const next = takeBest(open)
    if (!next?.found) break
    const [yes, no] = parted(table, next.rows, next.found)
    next.below = { split: next.found, yes: begin(yes, next.depth + 1), no: begin(no, next.depth + 1) }
    open.push(next.below.yes, next.below.no)
  }
  return finished(root)
}

/** Takes the open leaf with the greatest gain out of the list; the earlier where two gain alike. */
function takeBest(open: Growing[]): Growing | null {
  let best = -1
  open.forEach(({ found }, i) => { if (found && (best < 0 || found.gain > (open[best]?.found?.gain ?? 0))) best = i })
  return best < 0 ? null : open.splice(best, 1)[0] ?? null
}

function parted(table: TreeTable, rows: Int32Array, split: FoundSplit): [Int32Array, Int32Array] {
  const codes = table.columns[split.column]?.codes
  const yes = rows.filter((row) => answersYes(split, codes?.[row] ?? 0))
  const no = rows.filter((row) => !answersYes(split, codes?.[row] ?? 0))
  return [yes, no]
}

function finished({ made, below }: Growing): Node {
  if (!below) return { ...made, children: null }
  const { column, test, code } = below.split
  return { ...made, children: { split: { column, test, code }, yes: finished(below.yes), no: finished(below.no) } }
}
