import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import { headSizes } from '@/lib/engine/spec'
import { writeNpy } from '@/lib/model/interchange/keras/npy'
import { networkToKerasNpz } from '@/lib/model/interchange/keras/to-keras-npz'
import { headPart } from '@/lib/model/interchange/testing/predict'
import { writeTensors } from '@/lib/model/safetensors'
import { casesFor, judge, type Case } from './cases'

export interface Python { readonly command: string; readonly script: string; readonly env: NodeJS.ProcessEnv }

interface Answer { readonly used: string; readonly results: readonly { readonly difference: number; readonly fault: string | null }[] }

/** Prints a line a case, and answers with the exit code. */
export async function checkInPython(python: Python, names: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'auditweave-interchange-'))
  try {
    const cases = await casesFor(names)
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases.map((each, i) => writeCase(folder, `case${i}`, each))))
    const { used, results } = askPython(python, folder)
    let failed = 0
    cases.forEach((each, i) => {
      const { difference, fault } = results[i] ?? { difference: Number.NaN, fault: 'no answer' }
      const { text, right } = judge(each, difference)
      process.stdout.write(`${text}${fault === null ? '' : `\nFAIL  weights.safetensors: ${fault}`}\n`)
      if (!right || fault !== null) failed++
    })
    process.stdout.write(failed === 0 ? `Keras and the engine agree, and safetensors reads what was written (${used}).\n` : `${failed} of the comparisons above failed (${used}).\n`)
    return failed === 0 ? 0 : 1
  } catch (error) {
    if (!isAuditweaveError(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeCase(root: string, name: string, { exported, window, features, expected }: Case): object {
  const { spec, weights, headNames } = exported
  const folder = join(root, name)
  mkdirSync(folder)
  const windows = features.length / (window * spec.features)
  writeFileSync(join(folder, 'model.npz'), networkToKerasNpz(exported))
  writeFileSync(join(folder, 'weights.safetensors'), writeTensors({ tensors: weights, metadata: { format: 'auditweave-model' } }))
  writeFileSync(join(folder, 'input.npy'), writeNpy({ shape: [windows, window, spec.features], data: features }))
  headSizes(spec).forEach((classes, head) => {
    const data = Float32Array.from(headPart(spec, expected, head))
    writeFileSync(join(folder, `${headNames[head]}.npy`), writeNpy({ shape: [windows, window, classes], data }))
  })
  return { folder: name, heads: headNames }
}

function askPython({ command, script, env }: Python, folder: string): Answer {
  const { status, error } = spawnSync(command, [script, folder], { env, stdio: ['ignore', process.stderr, process.stderr] })
  if (status !== 0) throw new AuditweaveError('python-failed', `${command} could not carry out the comparison${error ? ` (${error.message})` : ''}; what it said stands above. Name a Python that has keras, numpy and safetensors with --python.`)
  return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Answer
}
