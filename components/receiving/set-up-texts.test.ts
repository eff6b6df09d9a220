import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FLAGS, KUBECONFIG, LEVELS, POLICY } from './set-up-texts'

const report = readFileSync('docs/figures/level/report.md', 'utf8')
const guide = readFileSync('docs/receive.md', 'utf8')
/** First figure of a form's row in the first table under a heading. */
const figure = (heading: string, form: string): string[] => {
  const part = report.slice(report.indexOf(`## ${heading}\n`))
  return (part.split('\n').find((line) => line.startsWith(`| ${form} |`)) ?? '').split('|').map((cell) => cell.trim()).slice(2, -1)
}

describe('the page that sets a cluster up', () => {
  it.each(LEVELS.map((level) => [level.form, level] as const))('says of %s what the report says', (form, level) => {
    const [bCubed = '', , , , lines = ''] = figure('B-cubed F1', form)
    expect([level.labels, level.bCubed, level.lines]).toEqual([figure('Labels right, of those given', form)[0], bCubed, lines])
  })

  it('says what the guide says', () => {
    expect(guide).toContain(KUBECONFIG)
    expect(guide).toContain(POLICY)
    for (const { flag } of FLAGS) expect(guide).toContain(`\`${flag}\``)
  })
})
