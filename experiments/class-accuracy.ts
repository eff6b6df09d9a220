import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { AFFORDABLE_TABLE_4, TINY } from '@/lib/experiments/spec/recipes'
import { repetitions } from '@/lib/experiments/spec/repetitions'

/** Figure 9: accuracy of each label against how often it occurs. */
export const classAccuracy: ExperimentSpec = {
  name: 'class-accuracy',
  title: 'Accuracy of each label against its weight',
  question: 'Does the network know rare actions, or only frequent ones?',
  reproduces: 'Figure 9',
  dataset: 'lab-a',
  runs: { kind: 'train', preset: 'k8ntext-table' },
  protocols: ['paper', 'blocked'],
  scales: {
    smoke: { base: { ...TINY, lines: 1500 }, axes: { protocol: ['paper', 'blocked'] }, seeds: [1], expectedMinutes: 0.2 },
    quick: { base: AFFORDABLE_TABLE_4, axes: { protocol: ['paper', 'blocked'] }, seeds: [1], expectedMinutes: 4 },
    paper: { base: { lines: 18_478 }, axes: { protocol: ['paper', 'blocked'] }, seeds: repetitions(20), expectedMinutes: 60 * 24 },
  },
  published: { source: 'K8NTEXT, section 6.5.2 and Figure 9: its points have no numbers but for the few that the text names', points: [] },
  views: [
    { kind: 'classes', id: 'classes', title: 'Labels by weight and accuracy, paper protocol', where: { protocol: 'paper' } },
    { kind: 'classes', id: 'classes-blocked', title: 'Labels by weight and accuracy, blocked protocol', where: { protocol: 'blocked' } },
    { kind: 'table', id: 'table', title: 'The same runs in one figure each', rows: ['protocol'], columns: [{ measure: 'lineAccuracy' }, { measure: 'lineWeightedF1' }, { measure: 'lineMacroF1' }, { measure: 'lineKappa' }, { measure: 'testLines' }] },
  ],
  checks: [
    { kind: 'weight', atLeast: 0.2, where: { protocol: 'paper' } },
    { kind: 'weight', atLeast: 0.2, where: { protocol: 'blocked' } },
  ],
  notes: [
    'The paper counts a label\'s weight over all positions of all windows, up to 5 × 10⁵ for the patch of leases; here it is the number of test lines that have it, each once, which is what its accuracy is a share of. The order of labels is the same.',
    'The paper names patch of leases and create of pods at accuracy 1.0, and list of LimitRanges (.95) and update of single ReplicaSets (.96) as the worst: under its split, where test lines were trained on, even rare labels are known by heart. Under the blocked protocol many rare labels stand at 0.',
    'Accuracy of a label is its recall after the vote. A label with one test line is either right or wrong: the left edge of the figure is coarse by nature.',
  ],
}
