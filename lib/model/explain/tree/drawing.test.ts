import { describe, expect, test } from 'vitest'
import { verdictText } from '../answer-text'
import { drawTree } from './draw-tree'
import { namedLeaves, treeNodeSchema, type TreeNode } from './named-tree'
import { treeDot } from './tree-dot'
import { treeSvg } from './tree-svg'

const leaf = (label: string, lines: number, purity: number): TreeNode => ({ label, lines, purity })
const tree: TreeNode = {
  label: 'own action', lines: 1000, purity: 0.6, question: { feature: 'link.linked.resource', offset: 0, test: 'equals', value: null },
  yes: leaf('own action', 600, 0.998),
  no: {
    label: 'action of link.linked', lines: 400, purity: 0.9, question: { feature: 'verb', offset: -1, test: 'equals', value: 'create' },
    yes: leaf('action of link.linked', 300, 1),
    no: {
      label: 'action of link.object', lines: 100, purity: 0.7, question: { feature: 'gap.line', offset: 0, test: 'atMost', value: '63 ms' },
      yes: leaf('action of link.object', 70, 0.9), no: leaf('label apps/deployments|scale|4|1|0', 30, 0.5),
    },
  },
}
const options = { depth: 10, label: verdictText }

describe('a drawn tree', () => {
  test('looks like this', () => expect(treeSvg(drawTree(tree, options), 'linked as a tree')).toMatchSnapshot())
  test('is told to Graphviz like this', () => expect(treeDot(tree, verdictText)).toMatchSnapshot())
  test('says how much is cut', () => {
    const drawn = drawTree(tree, { ...options, depth: 1 })
    expect(drawn.boxes.map(({ kind, title }) => `${kind}: ${title}`)).toEqual(['leaf: its own action', 'cut: 3 more', 'question: link.linked.resource'])
    expect(namedLeaves(tree)).toBe(4)
  })
  test('keeps boxes apart and inside', () => {
    const { boxes, width, height } = drawTree(tree, options)
    for (const [i, a] of boxes.entries()) {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true)
      for (const b of boxes.slice(i + 1)) expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
    }
  })
  test('takes nothing of a log for markup or escapes', () => {
    const hostile: TreeNode = { ...tree, question: { feature: 'userAgent.tool', offset: 0, test: 'equals', value: '"</text><script>\\l\u202E' } }
    const svg = treeSvg(drawTree(hostile, options), '<b>')
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('<b>')
    expect(svg).not.toContain('\u202E')
    expect(treeDot(hostile, verdictText)).toContain(String.raw`= \"</text><script>\\l\\u202e`)
  })
})

test('a tree read from a file is whole', () => {
  expect(treeNodeSchema.parse(JSON.parse(JSON.stringify(tree)))).toEqual(tree)
  expect(treeNodeSchema.safeParse({ ...tree, no: undefined }).success).toBe(false)
})
