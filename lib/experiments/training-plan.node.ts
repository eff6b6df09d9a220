import { readFile } from 'node:fs/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import { presetNames } from '@/lib/model/presets'
import { presetRunSettings, presetWindow } from './preset-settings'
import { runSpecSchema, type Protocol, type RunSpec, type SplitName } from './run-spec'

/** What the command line may set over a preset or a spec file; what it leaves out is as they have it. */
export interface TrainingChoices {
  readonly seed?: number | undefined
  readonly protocol?: Protocol | undefined
  readonly window?: number | undefined
  readonly epochs?: number | undefined
  readonly lines?: number | undefined
  readonly scoredOn?: string | undefined
  readonly storedSplit?: SplitName | undefined
}

/**
 * The settings of one training: a preset's name, or a JSON file that `--save-spec` wrote.
 * @throws AuditweaveError 'wrong-use' naming the setting at fault, 'unknown-preset' naming those there are.
 */
export async function planTraining(presetOrFile: string, choices: TrainingChoices): Promise<RunSpec> {
  const given = presetNames().includes(presetOrFile) ? presetSpec(presetOrFile) : await readSpec(presetOrFile)
  const { window, epochs, lines, seed, protocol, scoredOn, storedSplit } = choices
  const chosen = Object.entries({ window, epochs, lines, seed, protocol, scoredOn, storedSplit }).filter(([, value]) => value !== undefined)
  const parsed = runSpecSchema.safeParse({ seed: 1, protocol: 'blocked', ...given, ...Object.fromEntries(chosen) })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AuditweaveError('wrong-use', `${issue?.path.join('.') || presetOrFile}: ${issue?.message ?? 'is not valid'}. See auditweave train --help.`)
}

function presetSpec(name: string): Partial<RunSpec> {
  return { preset: name, lines: null, window: presetWindow(name), maxSeconds: null, omitFeatures: [], ...presetRunSettings(name) }
}

async function readSpec(path: string): Promise<object> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) throw new AuditweaveError('unknown-preset', `${path} is neither a preset nor a file. The presets are ${presetNames().join(', ')}.`)
  try {
    return JSON.parse(text) as object
  } catch (cause) {
    throw new AuditweaveError('wrong-use', `${path} is not JSON: ${(cause as Error).message}.`, { cause })
  }
}
