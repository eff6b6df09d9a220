import { Command } from 'commander'
import { wholeNumber } from '../../arguments'
import { printJson } from '../../output'
import { asOption } from './actor'

/** `auditweave dataset restore NAME VERSION`. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('Brings the labels of a version back, as one act that can be undone on the labelling page.')
    .argument('<dataset>', 'its name or id')
    .argument('<version>', 'the version\'s number', wholeNumber(1))
    .addOption(asOption())
    .option('--json', 'as JSON')
    .action(async (reference: string, number: number, { as: actor, json }: { as: string; json?: boolean }) => {
      const [{ withDatabase }, { restoreVersion }] = await Promise.all([import('../../with-database'), import('@/lib/store/dataset-versions/relabel')])
      const done = await withDatabase(() => restoreVersion(reference, number, actor))
      if (json) return printJson(done)
      process.stdout.write(done.batch === null ? `The labels stand as version ${number} has them.\n` : `${done.changed.toLocaleString('en')} labels set, ${done.cleared.toLocaleString('en')} cleared.\n`)
    })
}
