import { Command, Option } from 'commander'
import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { PARTS, SPLIT_PROTOCOLS, splitSpecSchema, splitText, type SplitSpec } from '@/lib/labelling/dataset/splits/spec'
import type { SplitSummary } from '@/lib/store/dataset-versions/types'
import { wholeNumber } from '../../arguments'
import { formatTable, printJson, say } from '../../output'
import { asOption } from './actor'

interface Options { protocol: string; seed: number; validation: string; test: string; gap: number; validationFrom?: string; testFrom?: string; version?: number; list?: boolean; part?: string; remove?: boolean; as: string; json?: boolean }

/** `auditweave dataset split NAME SPLIT`. */
export function splitCommand(): Command {
  return new Command('split')
    .description('Deals the requests of a version to training, validation and test and keeps that under a name; or shows the splits there are.')
    .argument('<dataset>', 'its name or id')
    .argument('[split]', 'what to call the split; without it, the splits are listed')
    .addOption(new Option('--protocol <how>', 'how requests are dealt').choices([...SPLIT_PROTOCOLS]).default('blocked'))
    .option('--validation <share>', 'share of the requests', '0.1')
    .option('--test <share>', 'share of the requests', '0.1')
    .option('--gap <lines>', 'lines left out between blocks', wholeNumber(0), 59)
    .option('--seed <n>', 'of what is dealt at random', wholeNumber(0), 1)
    .option('--validation-from <time>', 'by time: where validation begins, RFC 3339')
    .option('--test-from <time>', 'by time: where test begins')
    .option('--version <n>', 'which version to split (default: the newest)', wholeNumber(1))
    .addOption(new Option('--part <part>', 'prints the auditIDs of a part of an existing split, one a line').choices([...PARTS]))
    .option('--remove', 'removes the split')
    .addOption(asOption())
    .option('--json', 'as JSON')
    .action(async (reference: string, name: string | undefined, options: Options) => {
      if (name === undefined && (options.part !== undefined || options.remove)) throw new AuditweaveError('wrong-use', 'Name the split: auditweave dataset split DATASET SPLIT.')
      const spec = name === undefined || options.part !== undefined || options.remove ? null : parseSpec(options)
      const [{ withDatabase }, { requireDataset }, splits] = await Promise.all([import('../../with-database'), import('@/lib/store/datasets'), import('@/lib/store/dataset-versions/splits')])
      await withDatabase(async () => {
        const { id } = await requireDataset(reference)
        if (name === undefined) return listed(await splits.listSplits(id), options.json ?? false)
        if (spec !== null) return listed([await splits.createSplit(id, { name, spec, ...(options.version === undefined ? {} : { version: options.version }) }, options.as)], options.json ?? false)
        const split = await splits.requireSplit(id, name)
        if (options.remove) {
          await splits.deleteSplit(id, split.id)
          return say(`The split ${name} is removed.`)
        }
        const wanted = split.parts.findIndex((part) => part === options.part)
        process.stdout.write([...split.partOf].flatMap(([auditID, part]) => (part === wanted ? `${auditID}\n` : [])).join(''))
      })
    })
}

function parseSpec(options: Options): SplitSpec {
  const { protocol, seed, gap, validationFrom, testFrom } = options
  const shares = { validation: Number(options.validation), test: Number(options.test) }
  const given = protocol === 'time' ? { protocol, validationFrom, testFrom } : protocol === 'blocked' ? { protocol, gap, ...shares } : { protocol, seed, ...shares }
  const parsed = splitSpecSchema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new AuditweaveError('wrong-use', `The split is not valid: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}.`)
}

function listed(splits: readonly SplitSummary[], json: boolean): void {
  if (json) return printJson(splits)
  const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
  const rows = splits.map(({ name, version, spec, counts, leakage }) => [
    name, String(version), splitText(spec), ...PARTS.map((part) => counts.parts[part].requests.toLocaleString('en')), counts.leftOut.toLocaleString('en'),
    `${leakage.tornContexts} of ${leakage.contexts}`, percent(leakage.nearTraining), percent(leakage.knownObjects), percent(leakage.unseenClasses),
  ])
  process.stdout.write(`${formatTable([['split', 'version', 'how', ...PARTS, 'left out', 'contexts torn', 'near training', 'known objects', 'unseen classes'], ...rows])}\n`)
}
