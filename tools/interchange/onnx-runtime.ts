import { createRequire } from 'node:module'
import { isAuditweaveError } from '@/lib/audit/errors'
import { inputOf } from '@/lib/model/interchange/network-export'
import { networkToOnnx } from '@/lib/model/interchange/onnx/to-onnx'
import { distance, headPart } from '@/lib/model/interchange/testing/predict'
import { casesFor, judge, type Case } from './cases'

/** The part of onnxruntime-node that is used; the package is installed beside this file alone. */
interface Runtime {
  readonly Tensor: new (type: 'float32' | 'int32', data: Float32Array | Int32Array, shape: readonly number[]) => object
  readonly InferenceSession: { create(file: Uint8Array): Promise<Session> }
}
interface Session { run(inputs: Record<string, object>): Promise<Record<string, { readonly data: Float32Array }>> }

/** Prints a line a case, and answers with the exit code. */
export async function checkInOnnxRuntime(names: readonly string[]): Promise<number> {
  const runtime = createRequire(import.meta.url)('onnxruntime-node') as Runtime
  try {
    let failed = 0
    for (const each of await casesFor(names)) {
      const { text, right } = judge(each, await worstDifference(runtime, each))
      process.stdout.write(`${text}\n`)
      if (!right) failed++
    }
    process.stdout.write(failed === 0 ? 'onnxruntime-node and the engine agree.\n' : `${failed} of the comparisons above failed.\n`)
    return failed === 0 ? 0 : 1
  } catch (error) {
    if (!isAuditweaveError(error)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

async function worstDifference(runtime: Runtime, { exported, window, features, expected }: Case): Promise<number> {
  const session = await runtime.InferenceSession.create(networkToOnnx(exported))
  const input = inputOf(exported.spec)
  const shape = [features.length / (window * exported.spec.features), window, exported.spec.features]
  const value = input.type === 'int32' ? new runtime.Tensor('int32', Int32Array.from(features), shape) : new runtime.Tensor('float32', features, shape)
  const outputs = await session.run({ [input.name]: value })
  const each = exported.headNames.map((name, head) => distance((outputs[name] as { data: Float32Array }).data, headPart(exported.spec, expected, head)))
  return Math.max(...each)
}
