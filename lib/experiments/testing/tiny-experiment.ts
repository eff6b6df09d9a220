import { experimentSpecSchema, type ExperimentSpec, type ScalePlan } from '../spec/experiment-spec'

/** An experiment of one scale under all names. */
export function tinyExperiment(plan: Partial<ScalePlan>, more: Partial<Pick<ExperimentSpec, 'runs' | 'protocols'>> = {}): ExperimentSpec {
  const scale = { base: {}, axes: {}, seeds: [1], expectedMinutes: 1, ...plan }
  return experimentSpecSchema.parse({
    name: 'tiny', title: 'Tiny', question: 'Does it work?', reproduces: null, dataset: 'sample', runs: { kind: 'train', preset: 'k8ntext-small' }, protocols: ['blocked', 'paper', 'transfer'], ...more,
    scales: { smoke: scale, quick: scale, paper: scale }, published: { source: '', points: [] },
    views: [{ kind: 'table', id: 'table', title: 'Table', rows: ['window'], columns: [{ measure: 'lineAccuracy' }] }], checks: [], notes: [],
  })
}
