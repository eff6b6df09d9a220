import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import { CARD_FIELDS, datasetCardSchema, type DatasetCard } from '@/lib/labelling/dataset/card'
import { printJson, say, visibleLines, writeOutput } from '../../output'

interface Options { set?: readonly string[]; from?: string; output?: string; json?: boolean }

/** `auditweave dataset card NAME`. */
export function cardCommand(): Command {
  return new Command('card')
    .description(`The card of a data set as Markdown with its figures; or sets what it says. Fields: ${CARD_FIELDS.map(({ field }) => field).join(', ')}.`)
    .argument('<dataset>', 'its name or id')
    .option('--set <field=text>', 'says something in a field; may be given several times', (value: string, before: readonly string[] = []) => [...before, value])
    .option('--from <file>', 'sets all fields from a JSON file')
    .option('-o, --output <file>', 'where to write the Markdown')
    .option('--json', 'the fields as JSON')
    .action(async (reference: string, options: Options) => {
      const given = options.from === undefined ? null : parseCard(await readText(options.from))
      const changes = (options.set ?? []).map(parseChange)
      const [{ withDatabase }, { requireDataset }, about] = await Promise.all([import('../../with-database'), import('@/lib/store/datasets'), import('@/lib/store/dataset-versions/about')])
      await withDatabase(async () => {
        const { id, name } = await requireDataset(reference)
        if (given !== null || changes.length > 0) {
          await about.writeCard(id, parseCard({ ...(given ?? (await about.readCard(id))), ...Object.fromEntries(changes) }))
          say(`The card of ${name} is changed.`)
        } else if (options.json) printJson(await about.readCard(id))
        else {
          const card = await about.exportCard(id)
          const text = options.output === undefined || options.output === '-' ? visibleLines(card) : card
          await writeOutput(options.output, (async function* () { yield text })())
        }
      })
    })
}

function parseChange(change: string): [keyof DatasetCard, string] {
  const equals = change.indexOf('=')
  const field = CARD_FIELDS.find((one) => one.field === change.slice(0, equals))?.field
  if (field === undefined) throw new AuditweaveError('wrong-use', `"${change.slice(0, 60)}" sets no field: write FIELD=TEXT with one of ${CARD_FIELDS.map((one) => one.field).join(', ')}.`)
  return [field, change.slice(equals + 1)]
}

function parseCard(value: unknown): DatasetCard {
  const parsed = datasetCardSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AuditweaveError('wrong-use', `The card is not valid: ${z.prettifyError(parsed.error).split('\n')[0] ?? ''}.`)
}

async function readText(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new AuditweaveError('wrong-use', `${file} is not a JSON file that can be read: ${(cause as Error).message}.`, { cause })
  }
}
