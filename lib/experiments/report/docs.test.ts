import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listExperiments } from '../catalogue'
import { expectedRuns } from '../growth/growth'
import { planLaunch } from '../launch'
import { SCALES, type ExperimentSpec, type Scale } from '../spec/experiment-spec'

const text = readFileSync('docs/experiments.md', 'utf8')

function runsOf(spec: ExperimentSpec, scale: Scale): number {
  const begun = planLaunch(spec, { scale }).runs.length
  const { growth } = spec.scales[scale]
  return growth ? expectedRuns(growth, begun) : begun
}

test.each(listExperiments().map((spec) => [spec.name, spec] as const))('docs/experiments.md says how many runs %s has, and how long they take', (name, spec) => {
  const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))
  expect(row, `a row for ${name}`).toBeDefined()
  const [, , , , runs = '', smoke = '', quick = ''] = (row ?? '').split('|').map((cell) => cell.trim())
  expect(runs).toBe(SCALES.map((scale) => runsOf(spec, scale).toLocaleString('en')).join(' / '))
  expect([Number(smoke), Number(quick)]).toEqual([spec.scales.smoke.expectedMinutes, spec.scales.quick.expectedMinutes])
})

test('every picture and report that docs/experiments.md shows is there', () => {
  const links = [...text.matchAll(/\]\((figures\/[^)]+)\)/g)].map(([, link = '']) => link)
  expect(links.filter((link) => !existsSync(`docs/${link}`))).toEqual([])
})
