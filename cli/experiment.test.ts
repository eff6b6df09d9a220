import { describe, expect, it } from 'vitest'
import { runCli } from './testing/run-cli'

describe('auditweave experiment', () => {
  it('lists what can be repeated', () => {
    const { code, stdout } = runCli(['experiment', 'list', '--json'])
    expect(code).toBe(0)
    expect((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)).toEqual(['window-size', 'tuner'])
  })

  it('refuses what it does not know before it opens a database', () => {
    for (const [args, message] of [
      [['run', 'tuner', '--methods', 'grid'], '"grid" is no way of searching: take hyperband or random.'],
      [['run', 'tuner', '--engine', 'cuda'], 'Allowed choices are auto, wasm, tensorflow, webgpu'],
      [['run', 'window-size', '--protocols', 'leaky'], '"leaky" is no protocol: take paper or blocked.'],
    ] as const) {
      const { code, stderr } = runCli(['experiment', ...args])
      expect({ code, told: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, told: message })
    }
  })

  it('names the experiments there are', () => {
    const { code, stderr } = runCli(['experiment', 'run', 'nope'])
    expect(code).toBe(1)
    expect(stderr).toContain('Those there are: window-size, tuner.')
  })
})
