import { unzipSync, type UnzipFileInfo } from 'fflate'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Tensor } from '@/lib/engine/types'
import { checkWeights, parseManifest, type TrainedModel } from '../../model-file'
import { readNpy } from './npy'
import { DESCRIPTION, KERAS_FORMAT, KERAS_VERSION } from './to-keras-npz'

const ARRAY = /^(layer\d+\/[A-Za-z/]+)\.npy$/

const bad = (what: string, cause?: unknown): AuditweaveError =>
  new AuditweaveError('bad-npz', `The .npz file is not usable: ${what}. Write it again with \`auditweave model export --format keras-npz\`.`, { cause })

/** Reads an archive of `toKerasNpz` back, whole or not at all. @throws AuditweaveError 'bad-npz', 'bad-npy', 'bad-model' or 'bad-weights' */
export function readKerasNpz(bytes: Uint8Array): TrainedModel {
  const files = unpack(bytes)
  const manifest = parseManifest(JSON.stringify(readManifest(files[DESCRIPTION])))
  const weights = new Map<string, Tensor>()
  for (const [file, content] of Object.entries(files)) {
    if (file === DESCRIPTION) continue
    const name = ARRAY.exec(file)?.[1]
    if (!name) throw bad(`it holds ${JSON.stringify(file.slice(0, 80))}, which is none of our arrays`)
    weights.set(name, readNpy(name, content))
  }
  checkWeights(manifest.network, weights)
  return { manifest, weights }
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: stored })
  } catch (cause) {
    throw cause instanceof AuditweaveError ? cause : bad(`it is no whole zip archive (${(cause as Error).message})`, cause)
  }
}

/** We never compress, so what claims to grow is not ours. */
function stored({ name, compression }: UnzipFileInfo): boolean {
  if (compression !== 0) throw bad(`${JSON.stringify(name.slice(0, 80))} in it is compressed`)
  return true
}

function readManifest(content: Uint8Array | undefined): unknown {
  if (!content) throw bad(`it has no ${DESCRIPTION}`)
  let about: unknown
  try {
    about = JSON.parse(new TextDecoder().decode(content))
  } catch (cause) {
    throw bad(`its ${DESCRIPTION} is not JSON`, cause)
  }
  const { format, version, manifest } = (about ?? {}) as Record<string, unknown>
  if (format !== KERAS_FORMAT || version !== KERAS_VERSION) throw bad(`its ${DESCRIPTION} is not of ${KERAS_FORMAT}, version ${KERAS_VERSION}`)
  return manifest ?? null
}
