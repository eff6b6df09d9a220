import { sql } from './database'
import type { RunKind } from './run-types'
import type { RunState, StoredError } from './types'

/** How a run of a launch stands: little enough to be read every second for thousands of them. */
export interface RunStandingRow {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly experimentId: string
  readonly kind: RunKind
  readonly preset: string
  readonly window: number | null
  readonly state: RunState
  readonly endedEarly: string | null
  readonly error: StoredError | null
  /** Wall clock of a run that is done. */
  readonly seconds: number | null
  /** Wall clock of the attempt under way. */
  readonly spent: number
}

/** The runs of some launches, by number. */
export async function listStandings(experimentIds: readonly string[]): Promise<RunStandingRow[]> {
  return sql<RunStandingRow>(
    `SELECT id, number, name, experiment_id AS "experimentId", kind, preset, COALESCE((params->>'window')::int, (params#>>'{measure,window}')::int) AS window, state, ended_early AS "endedEarly", error,
       CASE WHEN state = 'done' THEN worked_seconds END AS seconds,
       CASE WHEN state = 'running' THEN GREATEST(0, extract(epoch FROM now() - COALESCE(claimed_at, now())))::float8 ELSE 0 END AS spent
     FROM runs WHERE experiment_id = ANY($1) ORDER BY number`,
    [experimentIds],
  )
}
