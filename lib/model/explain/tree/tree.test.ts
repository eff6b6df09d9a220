import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growTree } from './grow'
import { pruningPath } from './prune'
import { depthOf, leafCount, leafOf, type ColumnKind, type Node, type TreeTable } from './table'

interface Golden {
  readonly kinds: readonly ColumnKind[]
  readonly columns: readonly number[][]
  readonly target: readonly number[]
  readonly classes: number
  readonly cases: readonly {
    readonly name: string
    readonly options: { readonly max_depth?: number; readonly max_leaf_nodes?: number; readonly min_samples_leaf: number; readonly ccp_alpha?: number }
    readonly leaves: number
    readonly depth: number
    readonly leafOfRow: readonly number[]
    readonly predicted: readonly number[]
    readonly accuracy: number
    readonly alphas: readonly number[]
    readonly impurities: readonly number[]
  }[]
}

const golden = JSON.parse(readFileSync(new URL('golden/tree.json', import.meta.url), 'utf8')) as Golden

function tableOf(columns: readonly number[][], target: readonly number[], classes: number, kinds: readonly ColumnKind[]): TreeTable {
  return { rows: target.length, columns: columns.map((codes, i) => ({ kind: kinds[i] ?? 'category', codes: Uint16Array.from(codes) })), target: Int32Array.from(target), classes }
}

const leavesOf = (table: TreeTable, root: Node): Node[] => Array.from({ length: table.rows }, (_, row) => leafOf(root, (column) => table.columns[column]?.codes[row] ?? 0))

function cost(root: Node, rows: number): number {
  return root.children ? cost(root.children.yes, rows) + cost(root.children.no, rows) : (root.rows / rows) * root.impurity
}

describe.each(golden.cases)('the tree of scikit-learn: $name', ({ options, leaves, depth, leafOfRow, predicted, accuracy, alphas, impurities }) => {
  const table = tableOf(golden.columns, golden.target, golden.classes, golden.kinds)
  const whole = growTree(table, { maxDepth: options.max_depth ?? 100, maxLeaves: options.max_leaf_nodes ?? 10_000, minLeaf: options.min_samples_leaf })
  const path = pruningPath(whole)
  const root = path.findLast(({ alpha }) => alpha <= (options.ccp_alpha ?? 0))?.root ?? whole
  it('has its leaves', () => {
    expect([leafCount(root), depthOf(root)]).toEqual([leaves, depth])
    const found = leavesOf(table, root)
    expect(found.map((leaf) => found.indexOf(leaf))).toEqual(leafOfRow)
  })
  it('answers alike', () => {
    const found = leavesOf(table, root)
    expect(found.map((leaf) => leaf.top)).toEqual(predicted)
    expect(found.filter((leaf, row) => leaf.top === golden.target[row]).length / table.rows).toBeCloseTo(accuracy, 12)
  })
  it('is pruned alike', () => {
    expect(path.map(({ alpha }) => alpha)).toHaveLength(alphas.length)
    path.forEach(({ alpha, root: pruned }, i) => {
      expect(alpha).toBeCloseTo(alphas[i] ?? Number.NaN, 10)
      expect(cost(pruned, table.rows)).toBeCloseTo(impurities[i] ?? Number.NaN, 10)
    })
  })
})

describe('growTree', () => {
  const small = fc.record({ columns: fc.array(fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }), { minLength: 1, maxLength: 3 }), target: fc.array(fc.nat(2), { minLength: 40, maxLength: 40 }) })
  it('keeps to depth, leaves and rows, and its counts add up', () => {
    fc.assert(fc.property(small, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), ({ columns, target }, maxDepth, maxLeaves, minLeaf) => {
      const table = tableOf(columns, target, 3, ['category', 'ordinal', 'category'])
      const root = growTree(table, { maxDepth, maxLeaves, minLeaf })
      expect(depthOf(root)).toBeLessThanOrEqual(maxDepth)
      expect(leafCount(root)).toBeLessThanOrEqual(maxLeaves)
      const walk = (node: Node): void => {
        if (!node.children) return
        expect(node.children.yes.rows + node.children.no.rows).toBe(node.rows)
        expect(Math.min(node.children.yes.rows, node.children.no.rows)).toBeGreaterThanOrEqual(minLeaf)
        expect((node.children.yes.rows * node.children.yes.impurity + node.children.no.rows * node.children.no.impurity) / node.rows).toBeLessThan(node.impurity)
        walk(node.children.yes)
        walk(node.children.no)
      }
      walk(root)
    }), { numRuns: 60 })
  })
  it('does not split what is pure, nor what no column tells apart', () => {
    const pure = growTree(tableOf([[0, 1, 0, 1]], [1, 1, 1, 1], 2, ['category']), { maxDepth: 5, maxLeaves: 9, minLeaf: 1 })
    const same = growTree(tableOf([[3, 3, 3, 3]], [0, 1, 0, 1], 2, ['category']), { maxDepth: 5, maxLeaves: 9, minLeaf: 1 })
    expect([leafCount(pure), leafCount(same), same.impurity]).toEqual([1, 1, 1])
  })
})
