import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { AFFORDABLE_TABLE_4 } from '@/lib/experiments/spec/recipes'
import { repetitions } from '@/lib/experiments/spec/repetitions'

const WINDOWS = [5, 10, 20, 30, 40, 50, 60]

/** How far apart windows begin, in each epoch elsewhere: an epoch sees each line once at W = 5, twice to W = 20, about three times above. The longer the window, the more lines a step sees, as at the paper's one batch size. */
const STRIDES = { 5: 5, 10: 5, 20: 10, 30: 10, 40: 14, 50: 17, 60: 20 }
const AFFORDABLE = Object.fromEntries(Object.entries(STRIDES).map(([window, stride]) => [window, { stride }]))

/** Table 5: what the window's size does to F1 and to training time. */
export const windowSize: ExperimentSpec = {
  name: 'window-size',
  title: 'Window size against F1 and training time',
  question: 'How many neighbouring lines does the network need to see, and what do they cost?',
  reproduces: 'Table 5',
  dataset: 'lab-a',
  runs: { kind: 'train', preset: 'k8ntext-table' },
  protocols: ['paper', 'blocked'],
  scales: {
    smoke: {
      base: { preset: 'k8ntext-small', lines: 1500, batch: 32, epochs: 2, stride: 5, inferStride: 5 },
      axes: { window: [5, 10, 20], protocol: ['paper', 'blocked'] },
      seeds: [1],
      expectedMinutes: 0.3,
    },
    quick: {
      base: { ...AFFORDABLE_TABLE_4, inferStride: 10 },
      by: { window: AFFORDABLE },
      axes: { window: WINDOWS, protocol: ['paper', 'blocked'] },
      seeds: [1],
      expectedMinutes: 27,
    },
    paper: {
      base: { lines: 18_478, inferStride: 1 },
      axes: { window: WINDOWS, protocol: ['paper', 'blocked'] },
      seeds: repetitions(20),
      expectedMinutes: 60 * 24 * 7,
    },
  },
  published: {
    source: 'K8NTEXT, Table 5 (and Table 6 for inference): 20 runs each, on the authors\' own cluster log of 18,478 lines and an NVIDIA A5000',
    points: [
      { axes: { window: 5 }, measures: { windowPartsF1: 0.8103, trainSeconds: 177.5, inferMillisPerLine: 0.2 }, deviations: { windowPartsF1: 0.024, trainSeconds: 27.45 } },
      { axes: { window: 10 }, measures: { windowPartsF1: 0.9267, trainSeconds: 195.15, inferMillisPerLine: 0.3 }, deviations: { windowPartsF1: 0.0173, trainSeconds: 42.63 } },
      { axes: { window: 20 }, measures: { windowPartsF1: 0.9681, trainSeconds: 240.1, inferMillisPerLine: 0.4 }, deviations: { windowPartsF1: 0.0093, trainSeconds: 41.85 } },
      { axes: { window: 30 }, measures: { windowPartsF1: 0.9791, trainSeconds: 238.35, inferMillisPerLine: 0.5 }, deviations: { windowPartsF1: 0.0099, trainSeconds: 36.24 } },
      { axes: { window: 40 }, measures: { windowPartsF1: 0.9808, trainSeconds: 261.55, inferMillisPerLine: 0.7 }, deviations: { windowPartsF1: 0.0068, trainSeconds: 51.51 } },
      { axes: { window: 50 }, measures: { windowPartsF1: 0.9866, trainSeconds: 300.7, inferMillisPerLine: 0.8 }, deviations: { windowPartsF1: 0.0047, trainSeconds: 43.77 } },
      { axes: { window: 60 }, measures: { windowPartsF1: 0.982, trainSeconds: 319.6, inferMillisPerLine: 1.0 }, deviations: { windowPartsF1: 0.0082, trainSeconds: 43.94 } },
    ],
  },
  views: [
    { kind: 'lines', id: 'f1', title: 'F1 against window size', x: 'window', measure: 'windowPartsF1', series: 'protocol', published: true },
    {
      kind: 'table', id: 'table-5', title: 'Table 5, published and ours', rows: ['window'],
      columns: [
        { measure: 'windowPartsF1', published: true, title: 'F1, published' },
        { measure: 'windowPartsF1', where: { protocol: 'paper' }, title: 'F1, paper protocol' },
        { measure: 'windowPartsF1', where: { protocol: 'blocked' }, title: 'F1, blocked' },
        { measure: 'lineAccuracy', where: { protocol: 'paper' }, title: 'Accuracy, paper protocol' },
        { measure: 'lineAccuracy', where: { protocol: 'blocked' }, title: 'Accuracy, blocked' },
        { measure: 'trainSeconds', published: true, title: 'Training, published (s)' },
        { measure: 'trainSeconds', where: { protocol: 'paper' }, title: 'Training, ours (s)' },
      ],
    },
    { kind: 'lines', id: 'accuracy', title: 'Tuple accuracy against window size', x: 'window', measure: 'lineAccuracy', series: 'protocol' },
    { kind: 'lines', id: 'macro-f1', title: 'Macro F1 of whole labels against window size', x: 'window', measure: 'lineMacroF1', series: 'protocol' },
    { kind: 'lines', id: 'training-time', title: 'Training time against window size', x: 'window', measure: 'trainSeconds', series: 'protocol', yScale: 'log', published: true },
  ],
  checks: [
    { kind: 'within', measure: 'windowPartsF1', axis: 'window', from: 20, deviations: 2, where: { protocol: 'paper' } },
    { kind: 'rank', measure: 'windowPartsF1', axis: 'window', atLeast: 0.9, where: { protocol: 'paper' } },
    { kind: 'above', measure: 'windowPartsF1', better: { protocol: 'paper', window: [20, 30, 40, 50, 60] }, worse: { protocol: 'blocked', window: [20, 30, 40, 50, 60] }, by: 0.1 },
  ],
  notes: [
    'The paper splits overlapping windows at random, so nearly every line it tests on also stands in a training window. The blocked protocol tests on the last lines of the log, a window away from any training line: its figure is the one to expect of lines that the network has not seen.',
    'F1 is macro-averaged over the values of the five label parts, which is what the network puts out and what comes near the published column; the paper calls it an adapted F1 and says no more. Macro F1 over whole labels, which the rare labels decide, has a figure of its own.',
    'The data differ: the published log has 238 actions recorded one after the other, ours (lab-a, its first 18,478 lines) holds actions of five people at once, so that more lines lie between an action and what follows from it, and more labels are rare.',
    'At the quick scale, training windows begin up to W/2 lines apart instead of at every line, in each epoch elsewhere, in batches of 16, batch normalisation follows within few steps, and training ends after at most 40 epochs, once a cell. The paper scale repeats Table 4 to the letter: every window, up to 130 epochs with patience 8, 20 repetitions. Its batch size is not published; 32 is Keras\'s default.',
    'Times are of the machine that each run names; the paper trained on a GPU.',
  ],
}
