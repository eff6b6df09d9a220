import path from 'node:path'
import { ArrayCache } from '@/lib/experiments/encoded/array-cache.node.ts'
import { homeFolder } from '@/lib/store/home'

/** Some three hundred encoded logs of 18,000 lines, or eight linked logs of 50,000. */
const MOST_BYTES = 2 ** 30

/** Logs as networks read them, kept in the data folder for the later runs of a sweep. */
export function encodedCache(log: (text: string) => void = console.error): ArrayCache {
  return new ArrayCache({ folder: path.join(homeFolder(), 'encoded'), mostBytes: MOST_BYTES, log })
}
