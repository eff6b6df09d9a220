import { describe, expect, it } from 'vitest'
import { listExperiments } from '@/lib/experiments/catalogue'
import { runCli } from './testing/run-cli'

describe('auditweave experiment', () => {
  it('lists what can be repeated', () => {
    const { code, stdout } = runCli(['experiment', 'list', '--json'])
    expect(code).toBe(0)
    const listed = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)
    expect(listed).toEqual(listExperiments().map(({ name }) => name))
    expect(listed.slice(0, 1)).toEqual(['window-size'])
  })

  it.each([
    [['run', 'tuner', '--methods', 'grid'], '"grid" is no way of searching: take hyperband or random.'],
    [['run', 'tuner', '--engine', 'cuda'], 'Allowed choices are auto, wasm, tensorflow, webgpu'],
    [['run', 'window-size', '--protocols', 'leaky'], '"leaky" is no protocol: take paper or blocked or transfer or stored.'],
    [['run', 'window-size', '--axis', 'window'], '"window" is no axis with its values'],
    [['run', 'window-size', '--budget', '30'], 'Give a time such as 90s'],
    [['report', 'window-size', '--format', 'svg'], 'give a folder with -o'],
  ])('refuses wrong use before it opens a database: %j', (args, message) => {
    const { code, stderr } = runCli(['experiment', ...args])
    expect({ code, told: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, told: message })
  })

  it('names the experiments there are', () => {
    for (const args of [['run', 'nope'], ['run', 'all', '--only', 'nope']]) {
      const { code, stderr } = runCli(['experiment', ...args])
      expect(code).toBe(1)
      expect(stderr).toContain('Those there are: window-size, ')
    }
  })
})
