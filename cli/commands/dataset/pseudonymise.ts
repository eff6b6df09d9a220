import { Command } from 'commander'
import { readKey } from '@/lib/labelling/dataset/pseudonyms/hmac.node.ts'
import { asOption } from './actor'
import { makeDataset } from './made'

interface Options { name: string; keyFile?: string; keyVariable: string; as: string; json?: boolean }

/** `auditweave dataset pseudonymise NAME --name NEW`. */
export function pseudonymiseCommand(): Command {
  return new Command('pseudonymise')
    .description('Makes a data set in which names of users, groups, objects, namespaces and hosts, and addresses, are keyed pseudonyms, the same in every place and under one key in every log. The key is read and not kept.')
    .argument('<dataset>', 'NAME or NAME@VERSION')
    .requiredOption('--name <name>', 'what to call the new data set')
    .option('--key-file <file>', 'a file whose first line is the key, 16 characters or more')
    .option('--key-variable <name>', 'the environment variable that holds the key, where no file is named', 'AUDITWEAVE_PSEUDONYM_KEY')
    .addOption(asOption())
    .option('--json', 'as JSON')
    .action(async (reference: string, options: Options) => {
      const hash = await readKey(options.keyFile === undefined ? { variable: options.keyVariable } : { file: options.keyFile })
      const { pseudonymiseDataset } = await import('@/lib/store/dataset-versions/operations')
      await makeDataset(options, (derive) => pseudonymiseDataset(reference, hash, derive))
    })
}
