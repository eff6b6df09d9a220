import { describe, expect, it } from 'vitest'
import type { Lineage, LineageKind } from '@/lib/experiments/lineage'
import { BOX, hrefOf, layoutLineage } from './lineage-layout'

const node = (kind: LineageKind, id: string, minute = 0) => ({ kind, id, title: kind === 'experiment' ? 'window-size' : id, version: null, hash: null, at: `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`, note: '' })
const lineage: Lineage = {
  start: 'run/r0',
  nodes: [node('dataset', 'd'), node('experiment', 'x'), ...Array.from({ length: 12 }, (_, i) => node('run', `r${i}`, i)), node('model', 'm'), node('report', 'x'), node('reconstruction', 'c')],
  edges: [{ from: 'dataset/d', to: 'experiment/x' }, { from: 'experiment/x', to: 'run/r0' }, { from: 'run/r1', to: 'run/r0' }, { from: 'run/r0', to: 'model/m' }, { from: 'run/r2', to: 'model/gone' }],
  more: { run: 5 },
}

describe('the picture of a lineage', () => {
  const layout = layoutLineage(lineage)
  it('has a column a kind, the one it begins with first and its neighbours next', () => {
    expect(layout.boxes.filter((box) => box.node.kind === 'run').map((box) => box.node.id)).toEqual(['r0', 'r1', 'r11', 'r10', 'r9', 'r8', 'r7', 'r6'])
    expect(layout.boxes.find((box) => box.key === 'model/m')?.x).toBe(3 * (BOX.width + BOX.gapX))
  })
  it('says what it leaves out, and draws no line to it', () => {
    expect(layout.more).toEqual([{ x: 2 * (BOX.width + BOX.gapX), y: 8 * (BOX.height + BOX.gapY), count: 9 }])
    expect(layout.links.map((link) => link.key)).toEqual(['dataset/d experiment/x', 'experiment/x run/r0', 'run/r1 run/r0', 'run/r0 model/m'])
    expect(layout.links.filter((link) => link.own)).toHaveLength(3)
  })
  it('keeps every box inside and apart from the others', () => {
    for (const box of layout.boxes) {
      expect(box.x + BOX.width).toBeLessThanOrEqual(layout.width)
      expect(box.y + BOX.height).toBeLessThanOrEqual(layout.height)
      for (const other of layout.boxes) if (other !== box) expect(other.x !== box.x || Math.abs(other.y - box.y) >= BOX.height).toBe(true)
    }
  })
  it('leads a line past the columns between, in a gap between rows', () => {
    const { links } = layoutLineage({ ...lineage, edges: [{ from: 'experiment/x', to: 'report/x' }] })
    const lane = Number(/ ([\d.]+)H/.exec(links[0]?.path ?? '')?.[1])
    expect(layout.boxes.every((box) => lane < box.y || lane > box.y + BOX.height)).toBe(true)
    expect(lane).toBeGreaterThan(0)
  })
  it('leads to each page there is', () => {
    expect(lineage.nodes.filter((one) => one.kind !== 'run').map((one) => hrefOf(one, lineage))).toEqual(['/datasets/d', '/experiments/window-size?launch=x', '/models/m', '/experiments/window-size?launch=x', null])
  })
})
