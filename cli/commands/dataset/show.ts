import { Command } from 'commander'
import { visibleText } from '@/lib/contexts/visible-text'
import { describeDataset } from '../../describe-dataset'
import { printJson } from '../../output'

/** `auditweave dataset show NAME`. */
export function showCommand(): Command {
  return new Command('show')
    .description('What a data set holds, how far it is labelled, what it was made from, its versions and splits.')
    .argument('<dataset>', 'its name or id')
    .option('--json', 'as JSON')
    .action(async (reference: string, { json }: { json?: boolean }) => {
      const [{ withDatabase }, { readShown }] = await Promise.all([import('../../with-database'), import('../../datasets/read-shown')])
      const shown = await withDatabase(() => readShown(reference))
      if (json) return printJson(shown)
      const { dataset, changed, versions, splits, origin, labelled, missing } = shown
      const lines = [
        ...describeDataset(dataset),
        `now     ${labelled.toLocaleString('en')} requests labelled${changed ? ', not as in the newest version' : ''}`,
        ...(origin.operation ? [`made    ${origin.operation.text}, of ${origin.parents.map(({ name, version }) => `${name}@${version}`).join(', ')}`] : []),
        `frozen  ${versions.map(({ number }) => number).join(', ') || 'no version yet'}`,
        `splits  ${splits.map(({ name, version }) => `${name} (version ${version})`).join(', ') || 'none'}`,
        ...(missing.length > 0 ? [`card    still without: ${missing.join(', ')}`] : []),
      ]
      process.stdout.write(`${lines.map(visibleText).join('\n')}\n`)
    })
}
