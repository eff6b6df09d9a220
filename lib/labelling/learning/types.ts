/** What a model learnt from the labels given so far: a point of the learning curve. */
export interface LearningPoint {
  /** The reconstruction that was made by it. */
  readonly id: string
  /** ISO 8601. */
  readonly at: string
  /** Requests that people had labelled, those of the held-back sample left out: what it learnt from, and what it cost. */
  readonly labels: number
  /** Requests of the held-back sample that were labelled by then. */
  readonly held: number
  /** Of these, the share that it suggests as people labelled them; null where none is labelled. */
  readonly accuracy: number | null
  /** The same of the suggestions that stood before; null where there were none or nothing is labelled. */
  readonly before: number | null
  /** Whether its suggestions took the place of those before: not where the sample says that they are worse, or says nothing yet. */
  readonly adopted: boolean
  readonly seconds: number
}

/** Answer of GET and POST learning. */
export interface LearningAnswer {
  readonly state: 'idle' | 'running' | 'failed'
  readonly progress: { readonly phase: string; readonly done: number; readonly total: number } | null
  readonly error: { readonly code: string; readonly message: string } | null
  /** In order of time. */
  readonly curve: readonly LearningPoint[]
  /** Requests of the held-back sample: how many there are, how many are labelled, and how many it takes to judge a model. */
  readonly sample: { readonly size: number; readonly labelled: number; readonly needed: number }
  /** Labels since the last training, and after how many the next begins by itself. */
  readonly since: number
  readonly every: number
}
