import { describeDataset } from '../../describe-dataset'
import { printJson, say } from '../../output'
import { startProgress } from '../../progress'
import type { Dataset } from '@/lib/store/datasets'
import type { DeriveOptions } from '@/lib/store/dataset-versions/derive'

/** Makes a data set with a progress bar, and tells what came of it. */
export async function makeDataset(options: { readonly name: string; readonly as: string; readonly json?: boolean }, make: (options: DeriveOptions) => Promise<Dataset>): Promise<void> {
  const { withDatabase } = await import('../../with-database')
  const { readOrigin } = await import('@/lib/store/dataset-versions/about')
  await withDatabase(async () => {
    const bar = startProgress('Writing', null)
    const dataset = await make({ name: options.name, actor: options.as, onProgress: ({ events }) => bar.update(events, 'events') })
    bar.end()
    const origin = await readOrigin(dataset.id)
    if (options.json) return printJson({ ...dataset, origin })
    process.stdout.write(`${describeDataset(dataset).join('\n')}\n`)
    say(`${origin.operation?.text ?? ''} (${Object.entries(origin.operation?.report ?? {}).map(([name, value]) => `${name} ${value.toLocaleString('en')}`).join(', ')})`)
  })
}
