import { Command, Option } from 'commander'
import { MERGE_MODES, type MergeMode } from '@/lib/labelling/dataset/merge'
import { asOption } from './actor'
import { makeDataset } from './made'

/** `auditweave dataset merge A B ... --name NAME`. */
export function mergeCommand(): Command {
  return new Command('merge')
    .description('Makes one data set of several, events in order of time. auditIDs that several have are told of: refused, taken once where the event is there already, or kept apart under new ids.')
    .argument('<datasets...>', 'two or more, NAME or NAME@VERSION')
    .requiredOption('--name <name>', 'what to call the new data set')
    .addOption(new Option('--collisions <how>', 'auditIDs that several have').choices([...MERGE_MODES]).default('refuse'))
    .addOption(asOption())
    .option('--json', 'as JSON')
    .action(async (references: string[], options: { name: string; collisions: MergeMode; as: string; json?: boolean }) => {
      const { mergeDatasets } = await import('@/lib/store/dataset-versions/operations')
      await makeDataset(options, (derive) => mergeDatasets(references, options.collisions, derive))
    })
}
