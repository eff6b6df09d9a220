import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Stopwatch } from './stopwatch'

/** Keeps a core busy; returns something, so that it is not left out. */
function busy(millis: number): number {
  let sum = 0
  for (const end = performance.now() + millis; performance.now() < end;) sum += Math.sqrt(sum + 1)
  return sum
}

test('phases have their own wall clock, processor time and memory, and a name that comes again adds up', async () => {
  const watch = new Stopwatch()
  busy(60)
  watch.lap('work')
  await new Promise((resolve) => { setTimeout(resolve, 80) })
  watch.lap('wait')
  let held: Buffer | null = Buffer.alloc(200 * 2 ** 20, 1)
  watch.lap('hold')
  busy(40)
  watch.lap('work')
  const [work, wait, hold] = watch.phases
  expect(watch.phases.map(({ phase }) => phase)).toEqual(['work', 'wait', 'hold'])
  expect(work?.wallSeconds).toBeGreaterThanOrEqual(0.099)
  expect(work?.wallSeconds).toBe(watch.seconds('work'))
  expect(wait?.wallSeconds).toBeGreaterThanOrEqual(0.079)
  expect(work?.cpuSeconds).toBeGreaterThan(wait?.cpuSeconds ?? 0)
  expect(hold?.peakMemoryBytes).toBeGreaterThan(200 * 2 ** 20)
  // Elsewhere a peak cannot be forgotten, and that of an earlier phase hides those of later ones.
  if (existsSync('/proc/self/clear_refs')) expect((hold?.peakMemoryBytes ?? 0) - (wait?.peakMemoryBytes ?? 0)).toBeGreaterThan(150 * 2 ** 20)
  expect(watch.peakMemory()).toBeGreaterThanOrEqual(hold?.peakMemoryBytes ?? Number.POSITIVE_INFINITY)
  expect(watch.phases.reduce((sum, phase) => sum + phase.wallSeconds, 0)).toBeLessThanOrEqual(watch.total())
  expect(held.length).toBe(200 * 2 ** 20)
  held = null
})
