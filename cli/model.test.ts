import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { serialiseModel } from '@/lib/model/model-file'
import { tinyModel } from '@/lib/model/fixtures/tiny-model'
import { tinyLinked } from '@/lib/model/interchange/testing/tiny-linked'
import { writeModelDirectory } from '@/lib/model/model-directory.node.ts'
import { callCli } from './testing/call-cli'
import { runCli } from './testing/run-cli'

const folder = mkdtempSync(join(tmpdir(), 'auditweave-model-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

describe('model list', () => {
  it('shows the models that ship', async () => {
    const { code, stdout } = await callCli(['model', 'list'])
    expect(code).toBe(0)
    const [head, ...rows] = stdout.trim().split('\n')
    expect(head).toMatch(/^name +family +window +parameters +accuracy +macro F1 +split +trained +from$/)
    expect(rows.find((row) => row.startsWith('k8ntext-small'))).toMatch(/windows +30 +56,048 +0\.\d{4} +0\.\d{4} +blocked +2026-\d\d-\d\d +shipped$/)
  })

  it('gives them as JSON', async () => {
    const models = JSON.parse((await callCli(['model', 'list', '--json'])).stdout) as { name: string; parameters: number; metrics: { lineAccuracy: number } }[]
    expect(models.find(({ name }) => name === 'k8ntext-small')).toMatchObject({ parameters: 56_048, metrics: { lineAccuracy: expect.any(Number) as number } })
  })
})

describe('model show', () => {
  it('tells what a model is made of, in words that steer no terminal', async () => {
    const model = tinyModel('steering')
    await writeModelDirectory(at('steering'), { ...model, manifest: { ...model.manifest, notes: '\u001B[2J', engine: 'a\nb' } })
    const { code, stdout } = await callCli(['model', 'show', at('steering')])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^layer 0 +bidirectional LSTM, 12 units each way$/m)
    expect(stdout).toMatch(/^classes +resource \d+, subresource \d+, namespaced \d+, single \d+, verb \d+$/m)
    expect(stdout).not.toContain('\u001B')
    expect(stdout).toMatch(/^notes +\\u001b\[2J$/m)
  })

  it('gives the manifest as it is', async () => {
    const { stdout } = await callCli(['model', 'show', 'k8ntext-small', '--json'])
    expect(JSON.parse(stdout)).toMatchObject(JSON.parse(readFileSync('models/k8ntext-small/model.json', 'utf8')) as object)
  })
})

describe('model export', () => {
  it('writes files that model check finds sound, and replaces none unasked', async () => {
    const [small, linked, onnx, npz] = ['small', 'linked', 'a.onnx', 'b.npz'].map(at) as [string, string, string, string]
    await writeModelDirectory(small, tinyModel('small'))
    await writeModelDirectory(linked, tinyLinked())
    expect(await callCli(['model', 'export', small, '--format', 'onnx', '-o', onnx])).toMatchObject({ code: 0, stdout: '', stderr: expect.stringMatching(/a\.onnx: [\d,]+ bytes\.\n$/) as string })
    expect((await callCli(['model', 'export', linked, '--format', 'keras-npz', '-o', npz])).code).toBe(0)
    const { code, stdout } = await callCli(['model', 'check', onnx, npz, small, join(linked, 'weights.safetensors')])
    expect(code).toBe(0)
    expect(stdout.trim().split('\n').map((line) => line.replaceAll(/ok .*\/|, [\d,]+ (tensors|values)/g, ''))).toEqual(['a.onnx: onnx of small (windows).', 'b.npz: keras-npz of tiny-linked (linked).', 'small: model folder of small (windows).', 'weights.safetensors: safetensors.'])
    const again = await callCli(['model', 'export', small, '--format', 'onnx', '-o', npz])
    expect([again.code, again.stderr]).toEqual([1, `auditweave: ${npz} is there already and was left as it is. Name another file with -o, or add --force to replace it.\n`])
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
  })

  it('refuses wrong use', async () => {
    expect((await callCli(['model', 'export', 'k8ntext-small', '--format', 'pickle', '-o', at('x')])).code).toBe(2)
    expect(await callCli(['model', 'export', 'Bad Name', '--format', 'onnx', '-o', at('x')])).toMatchObject({ code: 1, stderr: expect.stringContaining('is no model name') as string })
  })
})

it('model check says what is wrong with each file', () => {
  const { weights } = serialiseModel(tinyModel())
  writeFileSync(at('cut.safetensors'), weights.subarray(0, -4))
  writeFileSync(at('pickle.bin'), Uint8Array.of(0x80, 4, 0x95, 1, 0, 0, 0, 0, 0, 0, 0))
  const { code, stdout, stderr } = runCli(['model', 'check', at('cut.safetensors'), at('pickle.bin'), at('nowhere')])
  expect(stdout).toMatch(/^FAIL .*cut\.safetensors: The weights file is not usable: it is truncated.*\nFAIL .*pickle\.bin: .*a Python pickle.*\nFAIL .*nowhere: there is no such file\.\n$/)
  expect([code, stderr]).toEqual([1, 'auditweave: 3 of 3 files are not sound.\n'])
})
