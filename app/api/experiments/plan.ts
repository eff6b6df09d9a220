import type { z } from 'zod'
import { EARLY_STOP, type LaunchOptions } from '@/lib/experiments/launch-options'
import { planLaunch, type PlanChoices } from '@/lib/experiments/launch'
import { checkLaunchSize } from '@/lib/experiments/launch-size'
import type { SplitName } from '@/lib/experiments/run-spec'
import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { loadSplit } from '@/lib/jobs/load-split'
import { requireDataset } from '@/lib/store/datasets'
import type { NewExperiment } from '@/lib/store/experiments'
import type { launchAllBody, launchBody } from '../contracts'

type Body = z.infer<typeof launchBody>

/** An experiment as it was asked for, on a data set that is here. @throws AuditweaveError 'unknown-dataset', 'unknown-axis', 'too-many-runs', 'bad-experiment', 'unknown-split' */
export async function planOf(spec: ExperimentSpec, body: Partial<Body> & z.infer<typeof launchAllBody>): Promise<NewExperiment> {
  const dataset = await requireDataset(body.dataset ?? spec.dataset)
  const { scale, seeds, lines, epochs, engine, methods } = body
  const storedSplit = body.storedSplit && (await fixedSplit(dataset.id, body.storedSplit))
  const choices: PlanChoices = { scale, seeds, lines, epochs, engine, methods, ...(storedSplit ? { storedSplit } : {}), axes: { ...body.axes, ...(await scoredOn(spec, body.scoredOn)) } }
  checkLaunchSize(spec, scale, choices)
  return { ...planLaunch(spec, choices), datasetId: dataset.id, options: optionsOf(body) }
}

/** Asked for even where it goes unused, so that a wrong name is told. */
async function scoredOn({ runs, protocols }: ExperimentSpec, name: string | undefined): Promise<Record<string, string[]>> {
  if (name === undefined) return {}
  const { name: scored } = await requireDataset(name)
  return runs.kind === 'train' && protocols.includes('transfer') ? { scoredOn: [scored] } : {}
}

/** Of one version, so that what is stored tells which requests were held out. */
async function fixedSplit(datasetId: string, split: SplitName): Promise<SplitName> {
  const { name, version } = await loadSplit(datasetId, split)
  return { name, version }
}

function optionsOf({ priority, budget, earlyStop }: Pick<Body, 'priority' | 'budget' | 'earlyStop'>): LaunchOptions {
  return { ...(priority ? { priority } : {}), ...(budget ? { budget } : {}), ...(earlyStop ? { earlyStop: earlyStop === true ? EARLY_STOP : earlyStop } : {}) }
}
