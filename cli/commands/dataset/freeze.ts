import { Command } from 'commander'
import { printJson } from '../../output'
import { asOption } from './actor'

/** `auditweave dataset freeze NAME`. */
export function freezeCommand(): Command {
  return new Command('freeze')
    .description('Freezes the labels as they stand as the next version, which runs record from then on.')
    .argument('<dataset>', 'its name or id')
    .option('--note <text>', 'what is new in it', '')
    .addOption(asOption())
    .option('--json', 'as JSON')
    .action(async (reference: string, { note, as: actor, json }: { note: string; as: string; json?: boolean }) => {
      const [{ withDatabase }, { freezeVersion }] = await Promise.all([import('../../with-database'), import('@/lib/store/dataset-versions/freeze')])
      const version = await withDatabase(() => freezeVersion(reference, { actor, note }))
      if (json) return printJson(version)
      process.stdout.write(`version ${version.number}: ${version.counts.labelled.toLocaleString('en')} of ${version.requests.toLocaleString('en')} requests labelled\nevents  ${version.eventsSha256}\nlabels  ${version.labelsSha256}\n`)
    })
}
