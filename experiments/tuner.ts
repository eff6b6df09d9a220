import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'

/** What the published tuner chooses from, units as multiples of the number of features. */
const PUBLISHED_SPACE = {
  unitsFirst: [1, 2, 3, 4, 5, 6, 7, 8],
  unitsSecond: [1, 2, 3, 4, 5, 6, 7, 8],
  dropout: [0.1, 0.2, 0.3, 0.4, 0.5],
  learningRate: [0.001, 0.005, 0.0001],
}

/** It tunes with plain cross-entropy and trains with focal loss. */
const network = { loss: 'crossEntropy' as const }

/** Section 5.8.2: how the units, the dropout rate and the learning rate were chosen. */
export const tuner: ExperimentSpec = {
  name: 'tuner',
  title: 'Search for hyper-parameters',
  question: 'Do Hyperband and random search find the published network again, and how much training do they need?',
  reproduces: 'the tuner behind Table 4',
  dataset: 'lab-a',
  runs: { kind: 'train', preset: 'k8ntext-table' },
  protocols: ['blocked', 'paper'],
  scales: {
    smoke: {
      base: { lines: 1200, batch: 32, stride: 5, inferStride: 5, network },
      axes: { window: [8], protocol: ['blocked'] },
      seeds: [1],
      growth: { kind: 'search', search: { space: { ...PUBLISHED_SPACE, unitsFirst: [1, 2], unitsSecond: [1, 2] }, hyperband: { maxEpochs: 3, eta: 3 }, random: { trials: 2, epochs: 3 }, executions: 1 } },
      expectedMinutes: 1,
    },
    quick: {
      base: { lines: 18_478, batch: 16, stride: 20, inferStride: 20, network },
      axes: { window: [60], protocol: ['blocked'] },
      seeds: [1],
      growth: { kind: 'search', search: { space: PUBLISHED_SPACE, hyperband: { maxEpochs: 9, eta: 3 }, random: { trials: 8, epochs: 9 }, executions: 1 } },
      expectedMinutes: 15,
    },
    paper: {
      base: { lines: 18_478, batch: 32, stride: 1, inferStride: 1, network },
      axes: { window: [60], protocol: ['paper', 'blocked'] },
      seeds: [1],
      growth: { kind: 'search', search: { space: PUBLISHED_SPACE, hyperband: { maxEpochs: 160, eta: 3 }, random: { trials: 20, epochs: 160 }, executions: 5 } },
      expectedMinutes: 60 * 24 * 40,
    },
  },
  published: { source: 'K8NTEXT, Table 4: first layer 4 |F|, second 3 |F|, dropout 0.4, learning rate 0.004; the trials of the search are not published', points: [{ axes: { unitsFirst: 4, unitsSecond: 3, dropout: 0.4, learningRate: 0.004 }, measures: {} }] },
  views: [{ kind: 'trials', id: 'trials', title: 'The best so far against the epochs spent', caption: 'Validation accuracy over label parts of the best trial so far, by method.' }],
  checks: [],
  notes: [
    'The space is that of the authors\' repository (October 2024): 8 by 8 numbers of units, 5 dropout rates, 3 learning rates. The published learning rate, 0.004, is not in it. Like theirs, the search trains with plain cross-entropy and goes by the validation accuracy over label parts.',
    'Hyperband gives epochs as its resource: of the trials of a rung the best third goes on, from its own checkpoint, to three times the epochs. Random search trains every trial to the end, at about the same number of epochs all told.',
    'A trial\'s validation accuracy is the best of its epochs. Under the paper\'s protocol the validation windows overlap the training windows, so that a search there rewards what remembers the log; the blocked protocol holds out lines.',
    'At the quick scale windows begin every 20 lines and the longest trials end after 9 epochs: enough to see how the two ways compare, too little to rank networks that are close.',
    'At the paper scale each trial is trained five times and the mean counts, as in the repository; how many epochs its Hyperband was given is not published, 160 is the repository\'s default for training.',
  ],
}
