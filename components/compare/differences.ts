import type { JsonObject, JsonValue } from '@/lib/audit/event'
import type { ClassResult } from '@/lib/experiments/run-spec'
import { settingName, settingText } from '@/components/runs/run-settings'

export interface SettingRow {
  readonly name: string
  /** One text a run; null where the run has no such setting. */
  readonly values: readonly (string | null)[]
  readonly differs: boolean
}

/** Nested settings as dotted names: `split.test`. */
export function flatten(value: JsonObject, prefix = ''): Map<string, JsonValue> {
  const flat = new Map<string, JsonValue>()
  for (const [name, inner] of Object.entries(value)) {
    const path = prefix ? `${prefix}.${name}` : name
    if (inner !== null && typeof inner === 'object' && !Array.isArray(inner)) for (const [key, deep] of flatten(inner, path)) flat.set(key, deep)
    else flat.set(path, inner ?? null)
  }
  return flat
}

/** Settings of several runs side by side, in the order of the first that has each. */
export function settingRows(settings: readonly JsonObject[]): SettingRow[] {
  const flat = settings.map((one) => flatten(one))
  const names = new Set(flat.flatMap((one) => [...one.keys()]))
  return [...names].map((name) => {
    const values = flat.map((one) => {
      const value = one.get(name)
      return value === undefined ? null : settingText(value)
    })
    return { name: settingName(name), values, differs: new Set(values).size > 1 }
  })
}

export interface ClassDifference {
  readonly label: string
  readonly support: number
  /** F1 by run; null where the run's test lines have no such label. */
  readonly scores: readonly (number | null)[]
  /** Largest minus smallest F1. */
  readonly spread: number
}

/** F1 of each label in each run; what the runs disagree on most comes first. */
export function classDifferences(runs: readonly (readonly ClassResult[] | null)[]): ClassDifference[] {
  const labels = new Map<string, { support: number; scores: (number | null)[] }>()
  runs.forEach((classes, index) => {
    for (const result of classes ?? []) {
      const row = labels.get(result.label) ?? { support: 0, scores: runs.map(() => null) }
      row.scores[index] = result.f1
      row.support = Math.max(row.support, result.support)
      labels.set(result.label, row)
    }
  })
  const spread = (scores: readonly (number | null)[]): number => {
    const known = scores.filter((score) => score !== null)
    return known.length > 1 ? Math.max(...known) - Math.min(...known) : 0
  }
  return [...labels].map(([label, row]) => ({ label, ...row, spread: spread(row.scores) })).sort((a, b) => b.spread - a.spread || b.support - a.support)
}

/** A figure against the baseline's: its sign and whether it is for the better; null where there is nothing to say. */
export function change(value: number, baseline: number, better: 'more' | 'less' | null): { readonly delta: number; readonly good: boolean | null } | null {
  const delta = value - baseline
  if (!Number.isFinite(delta) || Math.abs(delta) <= 1e-12) return null
  return { delta, good: better === null ? null : better === 'more' ? delta > 0 : delta < 0 }
}
