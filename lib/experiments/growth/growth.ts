import type { ExpandedRun } from '../expand'
import { isMeasureSpec } from '../any-run-spec'
import { AuditweaveError } from '@/lib/audit/errors'
import type { PlannedRun } from '../planned-run'
import { beginSearches, isSearchFinished, nextRuns } from '../search/search-runs'
import { countSearchRuns, narrowSearch, type SearchMethod, SEARCH_METHODS } from '../search/search-spec'
import type { Growth } from '../spec/growth-spec'
import { beginElimination, firstEliminationRuns, isEliminationFinished, mostEliminationRuns, nextEliminationRuns } from './elimination'
import type { Base, GrownRun, GrowthStep, RunStanding } from './growth-run'

/** The runs that a growing launch begins with, from the settings of its axes and seeds. @throws AuditweaveError 'bad-experiment' of measurements */
export function beginGrowth(growth: Growth, expanded: readonly ExpandedRun[]): PlannedRun[] {
  const bases = expanded.map(({ swept, params }): Base => {
    if (isMeasureSpec(params)) throw new AuditweaveError('bad-experiment', 'Measurements do not grow: only trainings follow from one another. Take the growth out of the scale.')
    return { swept, params }
  })
  return growth.kind === 'search' ? beginSearches(growth.search, bases) : beginElimination(growth, bases)
}

/**
 * What follows from the runs that a launch has by now. It depends on them alone, so anybody may ask at any time; whoever adds runs must see to it that
 * nobody adds them twice.
 */
export function nextRunsOf(growth: Growth, runs: readonly GrownRun[]): GrowthStep {
  return growth.kind === 'search' ? nextRuns(growth.search, runs) : nextEliminationRuns(growth, runs)
}

/** Whether a launch has all the runs that it will ever have, and all have ended. */
export function isGrowthFinished(growth: Growth, runs: readonly RunStanding[]): boolean {
  return growth.kind === 'search' ? isSearchFinished(growth.search, runs) : isEliminationFinished(growth, runs)
}

/** How many runs a launch will have that began with so many: the most, where an elimination may stop sooner or a trial fail. */
export function expectedRuns(growth: Growth, begun: number): number {
  if (growth.kind === 'search') return countSearchRuns(growth.search, begun)
  return Math.ceil(begun / firstEliminationRuns(growth)) * mostEliminationRuns(growth)
}

/** A growth with what was chosen at the launch: ways of searching, and epochs of the longest trials. */
export function narrowGrowth(growth: Growth, { methods, epochs }: { readonly methods?: readonly SearchMethod[] | undefined; readonly epochs?: number | undefined }): Growth {
  return growth.kind === 'search' ? { ...growth, search: narrowSearch(growth.search, methods ?? SEARCH_METHODS, epochs) } : growth
}
