import { Command } from 'commander'
import { printJson } from '../../output'
import { differencesText } from '../../datasets/differences-text'

/** `auditweave dataset diff A B`. */
export function diffCommand(): Command {
  return new Command('diff')
    .description('What became of events, labels and splits from A to B: NAME@2 for a version, NAME for what stands now; two data sets can be compared as well.')
    .argument('<a>', 'a data set or a version of one')
    .argument('<b>', 'another')
    .option('--json', 'as JSON')
    .action(async (a: string, b: string, { json }: { json?: boolean }) => {
      const [{ withDatabase }, { compareVersions }, { placeOf }] = await Promise.all([import('../../with-database'), import('@/lib/store/dataset-versions/compare'), import('@/lib/store/dataset-versions/versions')])
      const differences = await withDatabase(async () => compareVersions(await placeOf(a), await placeOf(b)))
      if (json) return printJson(differences)
      process.stdout.write(`${differencesText(differences).join('\n')}\n`)
    })
}
