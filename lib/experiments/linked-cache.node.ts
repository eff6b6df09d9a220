import type { CorpusTable } from '@/lib/model/linked/linked-corpus'
import type { ArrayCache } from './encoded/array-cache.node.ts'
import { corpusFromFile, corpusKey, corpusToFile } from './encoded/corpus-file'
import type { LabelledLog } from './labelled-log'
import { loadCorpus, type LinkedTrainingHooks, type LoadedCorpus } from './linked-training'

const CODEC = { parse: corpusFromFile, serialise: corpusToFile }

interface CorpusWish {
  readonly lines: number | null
  /** Of the thinned tables; null where none are needed, as of a log that is only scored. */
  readonly seed: number | null
}

/**
 * What `loadCorpus` gives, its tables from the cache where they have been made before: then the log is neither read nor linked. The tables by all rules
 * serve every run on the log; the thinned ones those of one seed.
 */
export async function cachedCorpus(log: LabelledLog, { lines, seed }: CorpusWish, cache: ArrayCache | undefined, hooks: Pick<LinkedTrainingHooks, 'signal' | 'onRead'>): Promise<LoadedCorpus> {
  if (!cache || log.cacheKey === undefined) return loadCorpus(log, { lines }, hooks)
  let read: ReturnType<typeof loadCorpus> | null = null
  const corpus = async (): Promise<Awaited<ReturnType<typeof loadCorpus>>> => (read ??= loadCorpus(log, { lines }, hooks))
  const key = (of: number | null): string => corpusKey({ log: log.cacheKey ?? '', limit: lines, seed: of })
  const tables = await cache.through<readonly CorpusTable[]>(key(null), CODEC, async () => (await corpus()).corpus.tables())
  const thinned = seed === null ? [] : await cache.through<readonly CorpusTable[]>(key(seed), CODEC, async () => (await corpus()).corpus.thinned(seed))
  const truth = read ? (await corpus()).truth : await log.truth()
  return { corpus: { tables: () => tables, thinned: () => thinned }, truth, source: log.source }
}
