/** A query to be saved. */
export interface NamedQuery {
  readonly name: string
  readonly text: string
  /** Empty for none. */
  readonly folder?: string
  readonly description?: string
  /** The data set that it was written for. */
  readonly datasetId?: string | null
}

/** A query under a name. */
export interface SavedQuery {
  readonly id: string
  readonly name: string
  readonly text: string
  readonly folder: string
  readonly description: string
  readonly datasetId: string | null
  readonly createdAt: string
  readonly updatedAt: string
}
