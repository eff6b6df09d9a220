import type { LogLine } from './protocol'
import { shortUser } from './describe-line'

export interface Lane { readonly actor: string; readonly lines: readonly LogLine[] }

/** One lane an actor, the trigger's first, then by first appearance; beyond `limit` the rest share one. */
export function lanesOf(lines: readonly LogLine[], limit: number): Lane[] {
  const lanes = new Map<string, LogLine[]>()
  for (const line of lines) {
    const actor = shortUser(line.user)
    lanes.set(actor, [...(lanes.get(actor) ?? []), line])
  }
  const all = [...lanes].map(([actor, own]) => ({ actor, lines: own }))
  const trigger = all.findIndex((lane) => lane.lines.some((line) => line.role === 'trigger'))
  if (trigger > 0) all.unshift(...all.splice(trigger, 1))
  if (all.length <= limit) return all
  const rest = all.slice(limit - 1)
  return [...all.slice(0, limit - 1), { actor: `${rest.length} others`, lines: rest.flatMap((lane) => lane.lines) }]
}

const KNEE_MS = 5

/** Where a time after the trigger stands, 0 to 1: even at first, then logarithmic, so that bursts and late echoes both show. */
export function timePlace(ms: number, lastMs: number): number {
  const bend = (value: number): number => Math.log1p(Math.max(0, value) / KNEE_MS)
  return lastMs <= 0 ? 0 : bend(ms) / bend(lastMs)
}

const TICKS = [1, 5, 20, 50, 200, 1000, 5000, 20_000, 60_000, 300_000, 1_200_000]

/** Round times that stand apart enough to be read. */
export function timeTicks(lastMs: number, least = 0.12): number[] {
  const ticks = [0]
  for (const tick of TICKS) if (tick <= lastMs && timePlace(tick, lastMs) - timePlace(ticks.at(-1) ?? 0, lastMs) >= least) ticks.push(tick)
  return ticks
}
