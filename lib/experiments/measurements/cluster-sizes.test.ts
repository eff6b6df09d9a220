import { expect, it } from 'vitest'
import { labelKey } from '@/lib/labels/label-key'
import { measureClusterSizes } from './cluster-sizes'
import { depsFor, shippedData } from './testing/sample-deps'

const sample = await shippedData('sample')
const measure = async (method: 'truth' | 'links' | 'linked' | 'k8ntext' | 'k8ntext-2024', lines: number | null = null) => {
  const points = await measureClusterSizes({ measurement: 'cluster-sizes', lines, method }, depsFor(sample))
  return Object.fromEntries(points.map(({ axes, measures }) => [String(axes.bin), measures]))
}

it('counts the contexts and labels of the truth', async () => {
  const labelled = [...sample.truth.values()].filter(({ context }) => context !== null)
  const all = await measure('truth')
  expect(all.all).toMatchObject({
    contexts: new Set(labelled.map(({ context }) => context)).size, contextLines: labelled.length, labels: new Set(labelled.map(({ label }) => labelKey(label ?? {}))).size,
  })
  // counted apart from this code, from truth.jsonl.gz
  expect(Object.fromEntries(Object.entries(all).map(([bin, { labels }]) => [bin, labels]))).toEqual({ '1-4': 47, '5-9': 2, '10-49': 2, '50-99': 3, '100+': 0, '5+': 7, '50+': 3, all: 54 })
})

it('gives every method the lines of contexts, and the clusterers the true labels', async () => {
  const truth = await measure('truth')
  for (const method of ['links', 'linked', 'k8ntext'] as const) expect((await measure(method)).all).toMatchObject({ labels: truth.all?.labels, contextLines: truth.all?.contextLines })
  // it leaves in no context what no rule reaches
  expect((await measure('k8ntext-2024')).all?.contextLines).toBeLessThan(truth.all?.contextLines ?? 0)
})

it('counts only the lines that it was told to read', async () => {
  const seen = new Set(sample.events.slice(0, 200).map(({ auditID }) => auditID))
  const lines = [...sample.truth].filter(([auditID, { context }]) => context !== null && seen.has(auditID)).length
  expect((await measure('truth', 200)).all?.contextLines).toBe(lines)
})
