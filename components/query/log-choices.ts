/** A data set as the room offers it. */
export interface LogChoice {
  readonly id: string
  readonly name: string
  readonly events: number
  readonly sourceName: string
  readonly lastMicros: number | null
  /** Those that are done, the newest first. */
  readonly reconstructions: readonly { readonly id: string; readonly title: string }[]
}

/** The log that a state asks, and which of its reconstructions; null where there is no data set. */
export function chosenLog(logs: readonly LogChoice[], current: string | null, { dataset, reconstruction }: { readonly dataset: string; readonly reconstruction: string }): { readonly log: LogChoice; readonly reconstructionId: string | null } | null {
  const log = logs.find(({ id }) => id === dataset) ?? (dataset === '' ? (logs.find(({ id }) => id === current) ?? logs[0]) : undefined)
  if (!log) return null
  const known = log.reconstructions.find(({ id }) => id === reconstruction)
  return { log, reconstructionId: known?.id ?? (reconstruction === '' ? (log.reconstructions[0]?.id ?? null) : null) }
}
