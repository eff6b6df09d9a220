import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'

const METHODS = ['linked', 'links', 'k8ntext', 'k8ntext-2024']
const SHARES = [0, 0.01, 0.03, 0.1, 0.3]
const LABEL = { wrong: 'label' }
const POINTER = { wrong: 'pointer' }
const TITLES = { b3F1: 'B-cubed F1', pairF1: 'Pairwise F1', ari: 'Adjusted Rand index', exactContexts2Plus: 'Contexts of two and more lines found exactly', labelAccuracy: 'Labels right, of those given' } as const

/** Ours: what wrong labels do to contexts. */
export const labelNoise: ExperimentSpec = {
  name: 'label-noise',
  title: 'Wrong labels against contexts',
  question: 'How much of the contexts is left when some of the labels are wrong?',
  reproduces: null,
  dataset: 'lab-a',
  runs: { kind: 'measure', measurement: 'label-noise' },
  protocols: [],
  scales: {
    smoke: { base: { lines: 1500, shares: [0, 0.03, 0.1] }, axes: { method: METHODS }, seeds: [1], expectedMinutes: 0.2 },
    quick: { base: { lines: null, shares: SHARES }, axes: { method: METHODS }, seeds: [1], expectedMinutes: 3 },
    paper: { base: { lines: null, shares: SHARES }, axes: { method: METHODS }, seeds: Array.from({ length: 20 }, (_, i) => i + 1), expectedMinutes: 60 },
  },
  published: { source: 'nothing is published: the paper evaluates its clusterer with the labels as they are', points: [] },
  views: [
    { kind: 'lines', id: 'b-cubed', title: 'B-cubed F1 by the share of wrong labels', x: 'share', measure: 'b3F1', series: 'method', where: LABEL, xScale: 'point' },
    { kind: 'lines', id: 'exact', title: 'Contexts of two and more lines found exactly', x: 'share', measure: 'exactContexts2Plus', series: 'method', where: LABEL, xScale: 'point' },
    ...(['b3F1', 'pairF1', 'ari', 'exactContexts2Plus', 'labelAccuracy'] as const).map((measure) => ({
      kind: 'table' as const, id: `table-${measure.toLowerCase()}`, title: TITLES[measure], rows: ['share'], where: LABEL,
      columns: METHODS.map((method) => ({ measure, where: { method }, title: method })),
    })),
    {
      kind: 'table', id: 'pointer', title: 'linked, where the network points at a wrong trigger', rows: ['share'], where: { ...POINTER, method: 'linked' },
      columns: [{ measure: 'b3F1' }, { measure: 'pairF1' }, { measure: 'ari' }, { measure: 'exactContexts2Plus' }, { measure: 'labelAccuracy' }],
      caption: 'The worst case: each wrong word names the trigger of another slot of the line, and is as sure as the right one was.',
    },
  ],
  checks: [
    { kind: 'above', measure: 'b3F1', better: { method: 'linked', share: 0.1, ...LABEL }, worse: { method: 'linked', share: 0, ...LABEL }, by: -0.005 },
    { kind: 'above', measure: 'b3F1', better: { method: 'linked', share: 0.1, ...LABEL }, worse: { method: 'k8ntext-2024', share: 0, ...LABEL }, by: 0 },
    { kind: 'trend', measure: 'b3F1', axis: 'share', direction: 'falls', atLeast: 0.9, where: { method: 'k8ntext-2024', ...LABEL } },
    { kind: 'above', measure: 'b3F1', better: { method: 'k8ntext-2024', share: 0, ...LABEL }, worse: { method: 'k8ntext-2024', share: 0.1, ...LABEL }, by: 0.05 },
  ],
  notes: [
    'Exactly the share of the labels is wrong: which, and which other label of the log each becomes (every distinct one as likely), the seed decides; a larger share holds the wrong labels of a smaller one. All else of a run is free of chance.',
    'The paper\'s clusterers are given the true labels with that share of them wrong: a wrong label moves a line out of reach of its context, as these look for contexts within a label. Of `linked` it is the network\'s word that is made wrong, over all lines, before it is joined with the links; `links` hears of no label at all.',
    'A wrong word of the network keeps its confidence and cannot be what the network said or what is true. By "label" it points at a trigger only where one of the line\'s slots holds an action of that label; by "pointer" it names the trigger of another slot wherever there is one, which is the most harm that a network can do: a link yields to a word that is surer than .7.',
    'The default model was trained on the first part of lab-a, so that its own words, before the noise, are better here than on a log it has not seen.',
    'On lab-a before its truth was mended, the authors\' own October 2024 clusterer had a B-cubed F1 of .884 with the true labels, .858 with 3 % and .795 with 10 % of them wrong, and links alone .960. Contexts are scored over triggers and consequences; 83 % of them are single lines, so that the exact share is told of those of two lines and more.',
  ],
}
