import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'
import { AuditweaveError } from '@/lib/audit/errors'
import { supportsRelaxedSimd } from './capability'

/** The build's files, as tools/build-engine.mjs names them. */
export type Build = 'fma' | 'simd'
export type Linkage = 'shared' | 'inline'

const FOLDER = join('build', 'engine')

/** The nearest build/engine above this file, or above the working folder when a bundler moved this file. */
export function engineFolder(): string {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (existsSync(join(folder, FOLDER, 'worker.mjs'))) return join(folder, FOLDER)
      if (dirname(folder) === folder) break
    }
  }
  throw new AuditweaveError('engine-not-built', 'The engine is not built: run `npm run build:engine`.')
}

/** Which build runs here. Node 20 knows relaxed SIMD but hides it behind a flag, which may be set before compiling. */
export function bestBuild(): Build {
  if (!supportsRelaxedSimd()) v8.setFlagsFromString('--experimental-wasm-relaxed-simd')
  return supportsRelaxedSimd() ? 'fma' : 'simd'
}

/** The build asked for, or the best. @throws AuditweaveError 'engine-unsupported' when it cannot run here. */
export function chooseBuild(wanted: Build | undefined): Build {
  const best = bestBuild()
  if (wanted === 'fma' && best === 'simd') {
    throw new AuditweaveError('engine-unsupported', 'This Node has no relaxed SIMD, which the FMA build needs: leave the choice of build to the engine.')
  }
  return wanted ?? best
}

export async function readKernels(build: Build, linkage: Linkage): Promise<Buffer<ArrayBuffer>> {
  const bytes = await readFile(join(engineFolder(), linkage === 'inline' ? `kernels-${build}-inline.wasm` : `kernels-${build}.wasm`))
  return Buffer.from(bytes)
}
