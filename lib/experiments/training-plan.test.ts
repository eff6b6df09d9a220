import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { planTraining } from './training-plan.node'

const folder = mkdtempSync(join(tmpdir(), 'auditweave-plan-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(content: string): string {
  const path = join(folder, 'spec.json')
  writeFileSync(path, content)
  return path
}

describe('planTraining', () => {
  it('takes a preset as it is', async () => {
    expect(await planTraining('k8ntext-table', {})).toMatchObject({ preset: 'k8ntext-table', window: 60, stride: 1, batch: 32, epochs: 130, vote: 'majority', seed: 1, protocol: 'blocked' })
  })

  it('gives a saved spec back whole, seed, protocol and vote too', async () => {
    const spec = { ...(await planTraining('k8ntext', { seed: 7, protocol: 'paper', window: 20, lines: 900 })), vote: 'majority' }
    expect(await planTraining(file(JSON.stringify(spec)), {})).toEqual(spec)
  })

  it('lets the command line have the last word', async () => {
    const spec = await planTraining('k8ntext', { seed: 7, protocol: 'paper' })
    expect(await planTraining(file(JSON.stringify(spec)), { seed: 0, protocol: 'blocked', epochs: 2 })).toEqual({ ...spec, seed: 0, protocol: 'blocked', epochs: 2 })
  })

  it('says what is wrong with a spec', async () => {
    const spec = await planTraining('k8ntext', {})
    await expect(planTraining(file(JSON.stringify({ ...spec, window: 1 })), {})).rejects.toMatchObject({ code: 'wrong-use', message: expect.stringMatching(/^window: /) as unknown })
    await expect(planTraining(file('{"preset":'), {})).rejects.toMatchObject({ code: 'wrong-use', message: expect.stringMatching(/spec\.json is not JSON/) as unknown })
    await expect(planTraining('gpt', {})).rejects.toMatchObject({ code: 'unknown-preset', message: 'gpt is neither a preset nor a file. The presets are linked, k8ntext, k8ntext-table, k8ntext-defaults, k8ntext-chunks, k8ntext-small.' })
  })
})
