import { Command } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Budget } from '@/lib/experiments/launch-options'
import { wholeNumber } from '../../arguments'
import { durationSeconds } from '../../experiments/duration'
import { say } from '../../output'
import { budgetOf, print } from './print'

/** `auditweave experiment stop`. */
export function stopCommand(): Command {
  return new Command('stop')
    .description('Stops the runs of a launch, or of a batch; what they have learnt is kept, and what grows grows no further.')
    .argument('<launch>', 'its id, as list --launches, report and the web application show it')
    .action(async (id: string) => {
      const [{ launchesOf }, { withDatabase }, { stopExperiment }] = await Promise.all([import('../../experiments/carry-out'), import('../../with-database'), import('@/lib/store/experiments')])
      await withDatabase(async () => {
        for (const launch of await launchesOf(id)) await stopExperiment(launch.id)
      })
      say(`${id} is stopped. auditweave experiment resume ${id} lets it go on.`)
    })
}

interface ResumeOptions { budget?: number; maxRuns?: number; failed?: boolean; workers?: number; threads?: number; json?: boolean }

/** `auditweave experiment resume`. */
export function resumeCommand(): Command {
  return new Command('resume')
    .description('Carries on a launch or batch that was stopped, interrupted or has spent its budget, each run from its checkpoint.')
    .argument('<launch>', 'its id')
    .option('--budget <time>', 'run time it may take all told, what is spent included, e.g. 2h', durationSeconds)
    .option('--max-runs <n>', 'runs that may begin all told', wholeNumber(1))
    .option('--failed', 'runs that failed too')
    .option('--workers <n>', 'runs carried out at a time (default: as many as there are cores); 0 leaves them to workers elsewhere', wholeNumber(0))
    .option('--threads <n>', 'engine threads a run may use (default: the cores shared out)', wholeNumber(1))
    .option('--json', 'as JSON')
    .action(async (id: string, options: ResumeOptions) => {
      const budget: Budget | undefined = budgetOf(options)
      const { resumeLaunches } = await import('../../experiments/carry-out')
      print(await resumeLaunches(id, { budget, failed: options.failed }, options), options.json ?? false)
    })
}

/** `auditweave experiment priority`. */
export function priorityCommand(): Command {
  return new Command('priority')
    .description('Lets the waiting runs of a launch, and those still to come, begin before or after those of others.')
    .argument('<launch>', 'its id')
    .argument('<priority>', 'from -100 to 100; 0 is usual, larger begins sooner', priority)
    .action(async (id: string, value: number) => {
      const [{ withDatabase }, { closeQueue, prioritise }] = await Promise.all([import('../../with-database'), import('@/lib/jobs/queue')])
      await withDatabase(async () => {
        await prioritise(id, value)
        await closeQueue()
      })
      say(`Launch ${id} has priority ${value}.`)
    })
}

/** @throws AuditweaveError 'wrong-use' */
export function priority(text: string): number {
  const value = Number(text)
  if (!/^-?\d{1,3}$/.test(text) || Math.abs(value) > 100) throw new AuditweaveError('wrong-use', `"${text}" is no priority: give a whole number from -100 to 100.`)
  return value
}
