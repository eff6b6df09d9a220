import { protocolText } from '@/components/runs/measures'

/** As much of a run as this page says of it. */
export interface NamedRun {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly preset: string
  readonly protocol: string
}

export function runText(run: NamedRun): string { return `#${run.number} ${run.name}` }

/** For titles: how it was tested, in words. */
export function runHint(run: NamedRun): string { return `${run.preset}, ${protocolText(run.protocol)}` }
