import { openSource } from '@/lib/audit/source.node.ts'
import { AuditweaveError } from '@/lib/audit/errors'
import type { LaunchOptions } from '@/lib/experiments/launch-options'
import { planLaunch, type PlanChoices } from '@/lib/experiments/launch'
import { checkLaunchSize } from '@/lib/experiments/launch-size'
import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { loadSplit } from '@/lib/jobs/load-split'
import { listShippedDatasets, shippedFiles } from '@/lib/jobs/shipped'
import { findDataset, type Dataset } from '@/lib/store/datasets'
import type { NewExperiment } from '@/lib/store/experiments'
import { importDataset } from '@/lib/store/import-dataset'
import { startProgress } from '../progress'

/** What the command line asks for. */
export interface LaunchRequest {
  readonly specs: readonly ExperimentSpec[]
  readonly choices: PlanChoices
  /** Instead of the one that each experiment names. */
  readonly dataset?: string | undefined
  /** Of the transfer protocol: the data set that is scored on. */
  readonly scoredOn?: string | undefined
  readonly options: LaunchOptions
}

/** Launches as the database takes them; a data set that ships and is not there is imported. */
export async function plansOf({ specs, choices, dataset, scoredOn, options }: LaunchRequest): Promise<NewExperiment[]> {
  const plans: NewExperiment[] = []
  for (const spec of specs) {
    const { id } = await datasetOf(dataset ?? spec.dataset)
    const own = await withSplit(id, narrowedTo(spec, choices, specs.length === 1))
    const axes = await withScored(spec, own, scoredOn)
    checkLaunchSize(spec, choices.scale, { ...own, axes })
    const plan = planLaunch(spec, { ...own, axes })
    for (const name of scoredNames(plan.runs)) await datasetOf(name)
    // One that grows begins first: its later runs wait for its earlier ones.
    const grows = specs.length > 1 && spec.scales[choices.scale].growth !== undefined
    plans.push({ ...plan, datasetId: id, options: { ...options, ...(grows ? { priority: (options.priority ?? 0) + 1 } : {}) } })
  }
  return plans
}

/** An experiment by itself takes any axis; of several each takes those that it sweeps anyway, and the protocols that it follows. */
function narrowedTo({ protocols, scales }: ExperimentSpec, choices: PlanChoices, alone: boolean): PlanChoices {
  if (alone || choices.axes === undefined) return choices
  const swept = Object.entries(choices.axes).flatMap(([name, values]): [string, typeof values][] => {
    if (scales[choices.scale].axes[name] === undefined) return []
    const followed = name === 'protocol' ? values.filter((value) => protocols.some((protocol) => protocol === value)) : values
    return followed.length === 0 ? [] : [[name, followed]]
  })
  return { ...choices, axes: Object.fromEntries(swept) }
}

async function withScored({ runs, protocols }: ExperimentSpec, { axes }: PlanChoices, scoredOn: string | undefined): Promise<PlanChoices['axes']> {
  if (scoredOn === undefined || runs.kind !== 'train' || !protocols.includes('transfer')) return axes
  return { ...axes, scoredOn: [(await datasetOf(scoredOn)).name] }
}

/** Fixed to a version, so that what is stored tells which requests were held out. @throws AuditweaveError 'unknown-split' */
async function withSplit(datasetId: string, choices: PlanChoices): Promise<PlanChoices> {
  if (!choices.storedSplit) return choices
  const { name, version } = await loadSplit(datasetId, choices.storedSplit)
  return { ...choices, storedSplit: { name, version } }
}

function scoredNames(runs: ReturnType<typeof planLaunch>['runs']): string[] {
  return [...new Set(runs.flatMap(({ params }) => ('scoredOn' in params && params.scoredOn ? [params.scoredOn] : [])))]
}

async function datasetOf(name: string): Promise<Dataset> {
  return (await findDataset(name)) ?? importShipped(name)
}

async function importShipped(name: string): Promise<Dataset> {
  const shipped = (await listShippedDatasets()).find((dataset) => dataset.name === name)
  if (!shipped) throw new AuditweaveError('unknown-dataset', `There is no data set "${name}": import one with auditweave import INPUT --name ${name} --truth TRUTH.`)
  const { log, truth } = await shippedFiles(name)
  const bar = startProgress(`Importing ${name}`, shipped.bytes)
  const { dataset } = await importDataset(openSource(log), {
    name,
    sourceName: `${name}/audit.jsonl.gz`,
    ...(truth ? { truth: openSource(truth) } : {}),
    onProgress: (progress) => bar.update(progress.bytes),
  })
  bar.end()
  return dataset
}
