import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCli } from './testing/run-cli'

const folder = await mkdtemp(join(tmpdir(), 'train-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a network is trained on one log and scored on another', async () => {
  const [spec, model] = [join(folder, 'spec.json'), join(folder, 'model')]
  const args = ['train', 'k8ntext-small', '--dataset', 'datasets/sample/audit.jsonl.gz', '--scored-on', 'datasets/sample/audit.jsonl.gz', '--window', '10', '--epochs', '1', '--lines', '300', '--threads', '1', '--save-spec', spec, '-o', model, '--json']
  const { code, stdout, stderr } = runCli(args)
  expect([code, stderr.includes('Model written to')]).toEqual([0, true])
  const told = JSON.parse(stdout) as { spec: object; metrics: { testLines: number; leakedTestLines: number } }
  expect(told.spec).toMatchObject({ protocol: 'transfer', scoredOn: 'datasets/sample/audit.jsonl.gz' })
  expect(told.metrics.testLines).toBeGreaterThan(300)
  expect(JSON.parse(await readFile(join(model, 'model.json'), 'utf8'))).toMatchObject({ protocol: { name: 'transfer', scoredOn: 'datasets/sample/audit.jsonl.gz' }, data: { lines: 300 } })
  expect(JSON.parse(await readFile(spec, 'utf8'))).toMatchObject(told.spec)
})
