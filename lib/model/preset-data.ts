/** Keras's defaults for batch normalisation and the categorical focal loss, which the published code leaves as they are. */
const NORM = { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 } as const
/** Where a training has few steps, moving averages of .99 would stay half-way. */
const QUICK_NORM = { ...NORM, momentum: 0.9 }
export const FOCAL = { kind: 'focal', gamma: 2, alpha: 0.25 } as const

const PAPER_LAYERS = [
  { kind: 'bilstm', unitsPerFeature: 4 },
  NORM,
  { kind: 'bilstm', unitsPerFeature: 3 },
  { kind: 'dropout', rate: 0.4 },
  { kind: 'output', activation: 'relu' },
  NORM,
] as const

/** Table 4 of the paper; the batch size is not published, 32 is Keras's default. */
const TABLE_TRAINING = { epochs: 130, batch: 32, learningRate: 0.004, stride: 1, earlyStoppingPatience: 8, reducePatience: 4, reduceFactor: 0.1 } as const
const TENTHS = { test: 0.1, validation: 0.1 } as const

/** Network presets as plain data, checked by `presetSchema`. */
export const PRESET_DATA = [
  {
    name: 'k8ntext',
    title: 'The paper\'s network, affordable on a CPU',
    source: 'Table 4 and section 5.8 of the paper; windows begin every 5 lines instead of every line, in batches of 64, a fifth of the work an epoch.',
    window: 60,
    layers: PAPER_LAYERS,
    loss: FOCAL,
    training: { ...TABLE_TRAINING, batch: 64, stride: 5 },
    split: TENTHS,
    inference: { stride: 5, vote: 'weighted', decode: 'paper' },
    paperIds: true,
  },
  {
    name: 'k8ntext-table',
    title: 'The paper\'s table of hyper-parameters to the letter',
    source: 'Table 4 and sections 5.8.2 and 5.8.3 of the paper: every window, plain majority vote, at most 130 epochs.',
    window: 60,
    layers: PAPER_LAYERS,
    loss: FOCAL,
    training: TABLE_TRAINING,
    split: TENTHS,
    inference: { stride: 1, vote: 'majority', decode: 'paper' },
    paperIds: true,
  },
  {
    name: 'k8ntext-defaults',
    title: 'The published code\'s defaults',
    source: 'Defaults of the authors\' repository (October 2024): every window, centre-weighted vote, at most 160 epochs.',
    window: 60,
    layers: PAPER_LAYERS,
    loss: FOCAL,
    training: { ...TABLE_TRAINING, epochs: 160 },
    split: TENTHS,
    inference: { stride: 1, vote: 'weighted', decode: 'paper' },
    paperIds: true,
  },
  {
    name: 'k8ntext-chunks',
    title: 'The paper\'s network, trained cheaply',
    source: 'The network of Table 4 with our recipe: windows begin every 30 lines, in each epoch at others, in batches of 16, and batch normalisation follows within few steps; npm run bench:train says what that saves.',
    window: 60,
    layers: PAPER_LAYERS.map((layer) => (layer.kind === 'batchNorm' ? QUICK_NORM : layer)),
    loss: FOCAL,
    training: { ...TABLE_TRAINING, epochs: 60, batch: 16, stride: 30, phase: 'random', earlyStoppingPatience: 12, reducePatience: 6 },
    split: TENTHS,
    inference: { stride: 10, vote: 'weighted', decode: 'paper' },
    paperIds: true,
  },
  {
    name: 'k8ntext-small',
    title: 'The paper\'s shape with few units',
    source: 'Ours: for tests, the browser and the model that ships; plain cross-entropy, and a quick batch normalisation as it sees few steps.',
    window: 30,
    layers: [
      { kind: 'bilstm', units: 32 },
      QUICK_NORM,
      { kind: 'bilstm', units: 24 },
      { kind: 'dropout', rate: 0.2 },
      { kind: 'output', activation: 'relu' },
      QUICK_NORM,
    ],
    loss: { kind: 'crossEntropy' },
    training: { ...TABLE_TRAINING, epochs: 40, batch: 32, stride: 5 },
    split: TENTHS,
    inference: { stride: 10, vote: 'weighted', decode: 'valid' },
    paperIds: false,
  },
] as const
