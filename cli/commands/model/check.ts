import { readFile, stat } from 'node:fs/promises'
import { Command } from 'commander'
import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import { visibleText } from '@/lib/contexts/visible-text'
import type { CheckedFile } from '@/lib/model/interchange/check-file'
import { readModelDirectory } from '@/lib/model/model-directory.node.ts'

const MAX_BYTES = 1024 ** 3

/** `auditweave model check FILE...`: whether model folders and exported files are whole and sound. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Reads model folders, exported files and weights whole and says whether they are sound.')
    .argument('<files...>', 'model folders, .onnx, .npz or .safetensors files')
    .action(async (paths: string[]) => {
      let failed = 0
      for (const path of paths) {
        const { sound, text } = await check(path)
        process.stdout.write(`${visibleText(`${sound ? 'ok  ' : 'FAIL'}  ${path}: ${text}`)}\n`)
        if (!sound) failed++
      }
      if (failed > 0) throw new AuditweaveError('unsound', `${failed} of ${paths.length} ${paths.length === 1 ? 'file is' : 'files are'} not sound.`)
    })
}

async function check(path: string): Promise<{ readonly sound: boolean; readonly text: string }> {
  try {
    return { sound: true, text: await describe(path) }
  } catch (error) {
    if (isAuditweaveError(error)) return { sound: false, text: error.message }
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { sound: false, text: code === 'ENOENT' ? 'there is no such file.' : `it could not be read (${code}).` }
  }
}

async function describe(path: string): Promise<string> {
  const there = await stat(path)
  if (there.isDirectory()) {
    const { manifest, weights } = await readModelDirectory(path)
    return `model folder of ${manifest.name} (${manifest.family}), ${weights.size} tensors.`
  }
  if (!there.isFile() || there.size > MAX_BYTES) throw new AuditweaveError('no-model', `it is ${there.isFile() ? 'larger than a model can be' : 'no file'}.`)
  const { checkModelFile } = await import('@/lib/model/interchange/check-file')
  return fileText(checkModelFile(await readFile(path)))
}

function fileText({ format, manifest, tensors, values }: CheckedFile): string {
  const name = manifest ? ` of ${manifest.name} (${manifest.family})` : ''
  return `${format}${name}${tensors > 0 ? `, ${tensors} tensors, ${values.toLocaleString('en')} values` : ''}.`
}
