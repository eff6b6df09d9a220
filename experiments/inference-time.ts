import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'

/** Those of Tables 5 and 6, and the window of `linked`. */
const PUBLISHED_WINDOWS = [5, 10, 20, 30, 40, 50, 60]
const WINDOWS = [...PUBLISHED_WINDOWS, 128]
const PRESETS = ['k8ntext', 'k8ntext-small', 'linked']

/** `linked` reads each line about once, as it does when it labels a log; where its stride is longer than the window there is no run. */
const LINKED = { inferStride: 96 }

/** Table 6: what the window's size does to the time that a line's label takes. */
export const inferenceTime: ExperimentSpec = {
  name: 'inference-time',
  title: 'Inference time a line',
  question: 'How long does a line\'s label take, and how does that grow with the window?',
  reproduces: 'Table 6',
  dataset: 'lab-a',
  runs: { kind: 'measure', measurement: 'inference-time' },
  protocols: [],
  scales: {
    smoke: {
      base: { lines: 300, inferStride: 1, batch: 32, repetitions: 3 },
      axes: { window: [5, 20, 128], preset: ['k8ntext-small', 'linked'] },
      by: { window: { 128: { repetitions: 1 } }, preset: { linked: { ...LINKED, lines: 1000, repetitions: 3 } } },
      seeds: [1],
      expectedMinutes: 0.2,
    },
    quick: {
      base: { lines: 1200, inferStride: 1, batch: 32, repetitions: 5 },
      axes: { window: WINDOWS, preset: PRESETS },
      by: { window: { 128: { repetitions: 3 } }, preset: { linked: { ...LINKED, lines: 6000, repetitions: 5 } } },
      seeds: [1],
      expectedMinutes: 5,
    },
    paper: {
      base: { lines: 18_478, inferStride: 1, batch: 32, repetitions: 20 },
      axes: { window: WINDOWS, preset: PRESETS },
      by: { preset: { linked: LINKED } },
      seeds: [1],
      expectedMinutes: 60 * 5,
    },
  },
  published: {
    source: 'K8NTEXT, Table 6: the network of 718,000 weights on an NVIDIA A5000; the deviation is called negligible and not printed',
    points: [[5, 0.2], [10, 0.3], [20, 0.4], [30, 0.5], [40, 0.7], [50, 0.8], [60, 1.0]].map(([window = 0, inferMillisPerLine = 0]) => ({ axes: { window }, measures: { inferMillisPerLine } })),
  },
  views: [
    {
      kind: 'table', id: 'table-6', title: 'Table 6: milliseconds a line', caption: 'Median of the repetitions; model, decoding and vote, divided by lines.', rows: ['window'], where: { window: PUBLISHED_WINDOWS },
      columns: [
        { measure: 'inferMillisPerLine', published: true, title: 'Published' },
        { measure: 'inferMillisPerLine', where: { preset: 'k8ntext' }, title: 'k8ntext' },
        { measure: 'inferMillisPerLineDeviation', where: { preset: 'k8ntext' }, title: 'Deviation, k8ntext' },
        { measure: 'modelMillisPerLine', where: { preset: 'k8ntext' }, title: 'Model alone, k8ntext' },
        { measure: 'inferMillisPerLine', where: { preset: 'k8ntext-small' }, title: 'k8ntext-small' },
      ],
    },
    { kind: 'lines', id: 'by-window', title: 'Inference time by window', x: 'window', measure: 'inferMillisPerLine', series: 'preset', published: true, yScale: 'log', caption: 'Time on a logarithmic axis. linked stands at its own window, which it moves on by 96 lines instead of one.' },
    {
      kind: 'table', id: 'throughput', title: 'All runs', rows: ['preset', 'window'],
      columns: [{ measure: 'inferMillisPerLine' }, { measure: 'inferMillisPerLineDeviation' }, { measure: 'modelMillisPerLine' }, { measure: 'inferCpuMillisPerLine' }, { measure: 'linesPerSecond' }, { measure: 'parameters' }, { measure: 'inferredLines' }],
    },
  ],
  checks: [
    { kind: 'trend', measure: 'inferCpuMillisPerLine', axis: 'window', direction: 'rises', atLeast: 0.9, where: { preset: 'k8ntext' } },
    { kind: 'trend', measure: 'inferMillisPerLine', axis: 'window', direction: 'rises', atLeast: 0.9, where: { preset: 'k8ntext' } },
    { kind: 'trend', measure: 'inferMillisPerLine', axis: 'window', direction: 'rises', atLeast: 0.9, where: { preset: 'k8ntext-small' } },
    { kind: 'rank', measure: 'inferMillisPerLine', axis: 'window', atLeast: 0.9, where: { preset: 'k8ntext' } },
  ],
  notes: [
    'The network has the size of its preset and the weights it begins with: weights cost no time, so none are trained. The lines are real, and encoded before the clock runs.',
    'As in the paper, the time is that of the model plus decoding and vote, divided by lines. Each line is seen by W windows that begin one line apart, so that the work grows with W; the first and last W - 1 lines of the part measured stand in fewer windows, which makes the figure up to W / lines too small.',
    'The published times are of a graphics card, ours of the processor and the engine that each run names: compare how they grow. From W = 5 to W = 60, twelve times the work, the published time grows by five, as a card that waits for work is not busy with small windows; on a processor it grows about as the work does.',
    '`linked` is measured as it labels a log: windows of 128 lines every 96, in which each line is answered once. Finding its links is no part of the time here; `query-time` tells what linking costs.',
    'Milliseconds of a busy machine are worth little: the median counts, the deviation over repetitions and the processor time over all threads stand beside it, and each run\'s page names engine, threads and load.',
  ],
}
