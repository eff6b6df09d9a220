import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { AFFORDABLE_TABLE_4, TINY } from '@/lib/experiments/spec/recipes'
import { repetitions } from '@/lib/experiments/spec/repetitions'

const votes = ['majority' as const, 'weighted' as const, 'probability' as const]
const STRIDES = [1, 2, 5, 10, 20, 30, 60]

/** Ours: how many windows need to see a line before their vote is as good as it gets. */
export const voteStride: ExperimentSpec = {
  name: 'vote-stride',
  title: 'Stride and vote of windows at inference',
  question: 'The paper lets sixty windows vote on each line: how many are needed, and what do they cost?',
  reproduces: null,
  dataset: 'lab-a',
  runs: { kind: 'train', preset: 'k8ntext-table' },
  protocols: ['blocked', 'paper'],
  scales: {
    smoke: { base: { ...TINY, lines: 1500, measure: { votes, inferStrides: [1, 10, 30] } }, axes: { protocol: ['blocked', 'paper'] }, seeds: [1], expectedMinutes: 0.2 },
    quick: { base: { ...AFFORDABLE_TABLE_4, measure: { votes, inferStrides: STRIDES } }, axes: { protocol: ['blocked', 'paper'] }, seeds: [1], expectedMinutes: 5 },
    paper: { base: { lines: 18_478, measure: { votes, inferStrides: STRIDES } }, axes: { protocol: ['blocked', 'paper'] }, seeds: repetitions(20), expectedMinutes: 60 * 24 },
  },
  published: { source: 'K8NTEXT, section 5.8.3: stride 1 and a majority vote; no other is published', points: [] },
  views: [
    { kind: 'lines', id: 'accuracy', title: 'Accuracy by stride and vote, blocked protocol', x: 'inferStride', measure: 'lineAccuracy', series: 'vote', xScale: 'log', where: { protocol: 'blocked' } },
    { kind: 'lines', id: 'accuracy-paper', title: 'Accuracy by stride and vote, paper protocol', x: 'inferStride', measure: 'lineAccuracy', series: 'vote', xScale: 'log', where: { protocol: 'paper' } },
    { kind: 'lines', id: 'time', title: 'Inference time by stride', x: 'inferStride', measure: 'inferMillisPerLine', series: 'protocol', xScale: 'log', yScale: 'log', where: { vote: 'weighted' } },
    { kind: 'table', id: 'table', title: 'Every stride and vote, blocked protocol', rows: ['inferStride', 'vote'], columns: [{ measure: 'lineAccuracy', where: { protocol: 'blocked' } }, { measure: 'lineMacroF1', where: { protocol: 'blocked' } }, { measure: 'inferMillisPerLine', where: { protocol: 'blocked' } }] },
  ],
  checks: [
    { kind: 'trend', measure: 'inferMillisPerLine', axis: 'inferStride', direction: 'falls', atLeast: 0.9 },
    { kind: 'above', measure: 'lineAccuracy', better: { vote: 'weighted', inferStride: 30 }, worse: { vote: 'weighted', inferStride: 1 }, by: -0.02 },
  ],
  notes: [
    'One network of each protocol labels its test lines with windows that begin every 1, 2, 5, ... lines: with W = 60 and stride 60 each line is seen once, at stride 1 sixty times.',
    'The paper\'s text describes a plain majority vote, first on a tie; the authors\' code weighs each window by how near its middle the line stands. The mean of probabilities is ours: it needs no vote to be won by whole tuples.',
    'Under the paper\'s protocol the test windows are drawn at random, so that a line is not seen by all sixty windows at any stride.',
    'At the quick scale the network of Table 4 is trained cheaply (windows 20 lines apart, at most 40 epochs): what is compared is votes of one network, not networks.',
  ],
}
