/**
 * The network of Table 4 (W = 60) trained so cheaply that quick scales can afford it, to within the published deviations under the paper's protocol: windows
 * begin 20 lines apart, in each epoch elsewhere, in batches of 16, and the learning rate falls early.
 */
export const AFFORDABLE_TABLE_4 = { preset: 'k8ntext-chunks', lines: 18_478, epochs: 40, phase: 'random', stride: 20, batch: 16, reducePatience: 3, reduceFactor: 0.3, earlyStoppingPatience: 10 } as const

/** A smaller network of the same shape (32 and 24 units, W = 30, cross-entropy), for experiments that need hundreds of trainings. */
export const AFFORDABLE_SMALL = { preset: 'k8ntext-small', epochs: 20, stride: 15, phase: 'random', inferStride: 10 } as const

/** Seconds a run, on the first thousand lines: it only shows that everything works. */
export const TINY = { preset: 'k8ntext-small', lines: 1200, epochs: 2, batch: 32, stride: 10, inferStride: 10 } as const
