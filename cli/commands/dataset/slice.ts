import { Command } from 'commander'
import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { slicePredicate, sliceSpecSchema, type SliceSpec } from '@/lib/labelling/dataset/slice'
import { asOption } from './actor'
import { makeDataset } from './made'

interface Options { name: string; from?: string; until?: string; user?: string[]; namespace?: string[]; query?: string; cut?: boolean; as: string; json?: boolean }

const several = (value: string, before: readonly string[] = []): string[] => [...before, value]

/** `auditweave dataset slice NAME --name NEW`. */
export function sliceCommand(): Command {
  return new Command('slice')
    .description('Makes a data set of a part of another: by time, user, namespace or query; all that is given must hold. A labelled context is taken whole where its trigger passes, unless --cut.')
    .argument('<dataset>', 'NAME or NAME@VERSION')
    .requiredOption('--name <name>', 'what to call the new data set')
    .option('--from <time>', 'received at or after, RFC 3339')
    .option('--until <time>', 'received before')
    .option('--user <name>', 'sent by; may be given several times', several)
    .option('--namespace <name>', 'about this namespace; may be given several times', several)
    .option('--query <query>', 'a query on single events, as in auditweave query')
    .option('--cut', 'takes every request by itself')
    .addOption(asOption())
    .option('--json', 'as JSON')
    .action(async (reference: string, options: Options) => {
      const spec = parseSpec(options)
      const { sliceDataset } = await import('@/lib/store/dataset-versions/operations')
      await makeDataset(options, (derive) => sliceDataset(reference, spec, derive))
    })
}

function parseSpec({ from, until, user, namespace, query, cut }: Options): SliceSpec {
  const parsed = sliceSpecSchema.safeParse({ from, until, users: user, namespaces: namespace, query, contexts: cut ? 'cut' : 'whole' })
  if (!parsed.success) throw new AuditweaveError('wrong-use', `The slice is not valid: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ')}.`)
  try {
    slicePredicate(parsed.data)
  } catch (cause) {
    throw new AuditweaveError('wrong-use', cause instanceof Error ? cause.message : String(cause), { cause })
  }
  return parsed.data
}
