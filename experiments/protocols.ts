import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { AFFORDABLE_TABLE_4 } from '@/lib/experiments/spec/recipes'
import { repetitions } from '@/lib/experiments/spec/repetitions'

const by = { protocol: { transfer: { scoredOn: 'incidents-a' } } }
const PRESETS = ['k8ntext-chunks', 'linked']
const PROTOCOLS = ['paper', 'blocked', 'transfer']

/** Ours: the same networks under each way of holding lines out. */
export const protocols: ExperimentSpec = {
  name: 'protocols',
  title: 'What the protocol does to the figure',
  question: 'How much of the published accuracy is left on lines, and on a cluster, that the network has not seen?',
  reproduces: null,
  dataset: 'lab-a',
  runs: { kind: 'train', preset: 'k8ntext-chunks' },
  protocols: ['paper', 'blocked', 'transfer'],
  scales: {
    smoke: { base: { lines: 1200, epochs: 1, batch: 16 }, by: { ...by, preset: { 'k8ntext-small': { stride: 10 }, linked: { batch: 8 } } }, axes: { preset: ['k8ntext-small', 'linked'], protocol: PROTOCOLS }, seeds: [1], expectedMinutes: 0.7 },
    quick: { base: { lines: 18_478 }, by: { ...by, preset: { 'k8ntext-chunks': AFFORDABLE_TABLE_4, linked: { epochs: 4 } } }, axes: { preset: PRESETS, protocol: PROTOCOLS }, seeds: [1], expectedMinutes: 9 },
    paper: { base: { lines: null }, by, axes: { preset: ['k8ntext-table', ...PRESETS], protocol: PROTOCOLS }, seeds: repetitions(20), expectedMinutes: 60 * 24 * 10 },
  },
  published: { source: 'K8NTEXT, section 6.4: F1 .9839 under the paper\'s protocol; it has no other', points: [{ axes: { preset: 'k8ntext-table', protocol: 'paper' }, measures: { windowPartsF1: 0.9839 } }] },
  views: [
    { kind: 'bars', id: 'accuracy', title: 'Tuple accuracy by protocol', category: 'protocol', measure: 'lineAccuracy', series: 'preset' },
    {
      kind: 'table', id: 'table', title: 'Every network under every protocol', rows: ['preset', 'protocol'],
      columns: [{ measure: 'lineAccuracy' }, { measure: 'lineMacroF1' }, { measure: 'windowPartsF1' }, { measure: 'lineKappa' }, { measure: 'calibrationError' }, { measure: 'leakedTestLines' }, { measure: 'testLines' }, { measure: 'trainSeconds' }],
    },
  ],
  checks: [
    { kind: 'above', measure: 'lineAccuracy', better: { preset: 'k8ntext-chunks', protocol: 'paper' }, worse: { preset: 'k8ntext-chunks', protocol: 'blocked' }, by: 0.1 },
    { kind: 'above', measure: 'lineAccuracy', better: { preset: 'linked', protocol: 'transfer' }, worse: { preset: 'k8ntext-chunks', protocol: 'transfer' }, by: 0.1 },
  ],
  notes: [
    'The paper\'s protocol tests on windows that overlap the training windows: the column of leaked lines says how many test lines were trained on. Blocked tests on the last tenth of the same log; transfer trains on all of lab-a and tests on incidents-a, another log of another kind of work.',
    'What falls from one protocol to the next is knowledge of this log: integer codes of names, users and versions that another stretch or another cluster does not share. The linked network is given links between requests and learns unknown values as such, so that little falls.',
    'lab-a and incidents-a come from clusters of one kind (Kubernetes 1.37, fake container runtime): on other clusters expect less of either.',
  ],
}
