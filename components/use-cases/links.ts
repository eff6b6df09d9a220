/** Which log the pages show, and the addresses that lead on from there. */
export interface ShownLog {
  readonly reconstruction: string
  readonly dataset: string
  readonly datasetName: string
}

export function caseHref(name: string, { reconstruction }: ShownLog): string {
  return `/use-cases/${name}?${new URLSearchParams({ reconstruction })}`
}

export function contextHref({ reconstruction }: ShownLog, context: string): string {
  return `/contexts/${reconstruction}/${encodeURIComponent(context)}`
}

export function queryHref({ reconstruction, dataset }: ShownLog, query: string): string {
  return `/query?${new URLSearchParams({ dataset, reconstruction, q: query })}`
}
