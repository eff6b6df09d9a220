import { Command, Option } from 'commander'
import { ENGINE_CHOICES, type EngineChoice } from '@/lib/engine/registry/optional'
import { wholeNumber } from '../arguments'

/** `auditweave worker`: takes runs from the queue until it is told to stop. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('Takes runs from the queue. Set DATABASE_URL to join the workers of another machine.')
    .option('--threads <n>', 'engine threads a run may use (default: the cores there are)', wholeNumber(1))
    .addOption(new Option('--engine <engine>', 'computes the runs that name no engine (default: AUDITWEAVE_ENGINE or auto)').choices([...ENGINE_CHOICES]))
    .action(async (options: { threads?: number; engine?: EngineChoice }) => {
      const { runWorker } = await import('../start/worker')
      await runWorker(options)
    })
}
