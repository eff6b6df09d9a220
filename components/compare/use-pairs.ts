'use client'
import { useEffect, useState } from 'react'
import type { Comparison } from '@/lib/experiments/compare/comparison'
import { callApi } from '@/components/live/call-api'

/** Two runs line by line, the baseline being A, and what to beware of. */
export interface ComparedPair extends Comparison { readonly warnings: readonly string[] }
export type PairAnswer = { readonly pair: ComparedPair } | { readonly refusal: string }

/** Asks for the comparison of each run with the baseline, one after the other: each draws thousands of resamples. */
export function usePairs(baseline: string, others: readonly string[]): ReadonlyMap<string, PairAnswer> {
  const [known, setKnown] = useState<ReadonlyMap<string, PairAnswer>>(new Map())
  const wanted = others.join(',')
  useEffect(() => {
    const stop = new AbortController()
    const ask = async (): Promise<void> => {
      for (const other of wanted.split(',').filter(Boolean)) {
        const answer = await comparePair(baseline, other, stop.signal)
        if (stop.signal.aborted) return
        setKnown((now) => new Map(now).set(pairKey(baseline, other), answer))
      }
    }
    void ask()
    return () => stop.abort()
  }, [baseline, wanted])
  return known
}

/** Answers of an earlier baseline are kept, so that going back to it asks for nothing. */
export function pairKey(baseline: string, other: string): string {
  return `${baseline} ${other}`
}

async function comparePair(a: string, b: string, signal: AbortSignal): Promise<PairAnswer> {
  try {
    const answer = await callApi<ComparedPair | { readonly refusal: string }>(`/api/answers/comparison?${new URLSearchParams({ a, b, refusals: 'told' }).toString()}`, { signal })
    return 'refusal' in answer ? answer : { pair: answer }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : 'The comparison failed. Load the page again.' }
  }
}
