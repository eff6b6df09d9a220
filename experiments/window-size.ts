import type { ExperimentSpec } from '@/lib/experiments/experiment-spec'

const WINDOWS = [5, 10, 20, 30, 40, 50, 60]

/**
 * Stride grows with the window, so that an epoch sees as many window positions whatever the window; batches shrink with it,
 * since a dozen epochs of few large steps would leave batch normalisation's moving averages (momentum .99) half-way.
 */
const AFFORDABLE = Object.fromEntries([[5, 128], [10, 64], [20, 32], [30, 16], [40, 16], [50, 16], [60, 16]].map(([window = 0, batch = 0]) => [String(window), { stride: Math.round(window / 5), batch }]))

/** Tables 5 and 6: what the window's size does to F1, to training time and to inference time. */
export const windowSize: ExperimentSpec = {
  name: 'window-size',
  title: 'Window size against F1 and time',
  question: 'How many neighbouring lines does the network need to see, and what do they cost?',
  reproduces: 'Tables 5 and 6',
  dataset: 'lab-a',
  preset: 'k8ntext',
  protocols: ['paper', 'blocked'],
  scales: {
    smoke: {
      base: { lines: 1500, batch: 32, epochs: 2, stride: 5, inferStride: 5 },
      axes: { window: [5, 20], protocol: ['paper', 'blocked'] },
      seeds: [1],
      expectedMinutes: 1,
    },
    quick: {
      base: { lines: 18_478, epochs: 12, inferStride: 1 },
      byWindow: AFFORDABLE,
      axes: { window: WINDOWS, protocol: ['paper', 'blocked'] },
      seeds: [1],
      expectedMinutes: 16,
    },
    paper: {
      base: { lines: 18_478, batch: 32, stride: 1, inferStride: 1 },
      axes: { window: WINDOWS, protocol: ['paper', 'blocked'] },
      seeds: Array.from({ length: 20 }, (_, i) => i + 1),
      expectedMinutes: 60 * 24 * 7,
    },
  },
  published: {
    source: 'K8NTEXT, Tables 5 and 6: 20 runs each, on the authors\' own cluster log and an NVIDIA A5000',
    x: 'window',
    points: [
      { x: 5, f1: 0.8103, f1Sd: 0.024, seconds: 177.5, secondsSd: 27.45, inferMillis: 0.2 },
      { x: 10, f1: 0.9267, f1Sd: 0.0173, seconds: 195.15, secondsSd: 42.63, inferMillis: 0.3 },
      { x: 20, f1: 0.9681, f1Sd: 0.0093, seconds: 240.1, secondsSd: 41.85, inferMillis: 0.4 },
      { x: 30, f1: 0.9791, f1Sd: 0.0099, seconds: 238.35, secondsSd: 36.24, inferMillis: 0.5 },
      { x: 40, f1: 0.9808, f1Sd: 0.0068, seconds: 261.55, secondsSd: 51.51, inferMillis: 0.7 },
      { x: 50, f1: 0.9866, f1Sd: 0.0047, seconds: 300.7, secondsSd: 43.77, inferMillis: 0.8 },
      { x: 60, f1: 0.982, f1Sd: 0.0082, seconds: 319.6, secondsSd: 43.94, inferMillis: 1.0 },
    ],
  },
  notes: [
    'The paper splits overlapping windows at random, so nearly every line it tests on also stands in a training window. The blocked protocol tests on the last lines of the log, a window away from any training line; its figure is the one to expect on a log the network has not seen.',
    'At the quick scale, training windows begin every W/5 lines instead of every line and training ends after 12 epochs: it shows the shape of the curve, not the last points of it. The paper scale repeats the published settings.',
    'F1 is macro-averaged over the values of the label parts, which is what the network puts out and what comes near the published column; macro F1 over whole labels, which the rare labels decide, is a column of each run.',
    'Times are of the machine that each run names; the paper trained on a GPU.',
  ],
}
