import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readModelDirectory, readNamedModel } from '@/lib/model/model-directory.node.ts'
import { MANIFEST_FILE, type TrainedModel } from '@/lib/model/model-file'

const SHIPPED = fileURLToPath(new URL('../models', import.meta.url))

/** A model by name (one that ships) or by folder. */
export async function loadModel(nameOrFolder: string): Promise<TrainedModel> {
  if (/[\\/]/.test(nameOrFolder) || existsSync(join(nameOrFolder, MANIFEST_FILE))) return readModelDirectory(nameOrFolder)
  return readNamedModel([SHIPPED], nameOrFolder)
}
