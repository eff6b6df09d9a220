import type { PhaseTiming, RunTimings } from '@/lib/experiments/run-spec'

const WALL = [['load', 'loadSeconds'], ['preprocess', 'preprocessSeconds'], ['train', 'trainSeconds'], ['infer', 'inferSeconds']] as const

const ORDER = ['load', 'preprocess', 'train', 'infer', 'measure', 'save']

/** What a run's phases took; of runs of earlier versions the wall clock alone is known. */
export type Phase = Omit<PhaseTiming, 'cpuSeconds' | 'peakMemoryBytes'> & { readonly cpuSeconds: number | null; readonly peakMemoryBytes: number | null }

export function phasesOf(timings: RunTimings): readonly Phase[] {
  return timings.phases?.toSorted((a, b) => ORDER.indexOf(a.phase) - ORDER.indexOf(b.phase)) ?? WALL.map(([phase, key]) => ({ phase, wallSeconds: timings[key], cpuSeconds: null, peakMemoryBytes: null }))
}

const COLORS: Readonly<Record<string, string>> = { load: 'var(--color-strong)', preprocess: '#56b4e9', train: '#009e73', infer: '#e69f00', measure: '#0072b2', save: 'var(--color-dim)' }

/** One colour a phase everywhere. */
export function phaseColor(phase: string): string {
  return COLORS[phase] ?? 'var(--color-ink)'
}

/** The phase in words. */
export function phaseText(phase: string): string {
  return ({ load: 'load', preprocess: 'preprocess', train: 'train', infer: 'label the test lines', measure: 'measure', save: 'save' } as Readonly<Record<string, string>>)[phase] ?? phase
}
