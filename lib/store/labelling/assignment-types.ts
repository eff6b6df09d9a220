import type { SamplePlan } from '@/lib/labelling/agreement/sample'

/** How an assignment's sample was drawn, as it is kept. */
export interface AssignmentSample extends SamplePlan {
  /** `labelled`: only requests that have a label; `all`: every request of the log. */
  readonly from: 'labelled' | 'all'
}

export type AssignmentState = 'open' | 'closed'

/** A blind second labelling. */
export interface Assignment {
  readonly id: string
  readonly datasetId: string
  readonly title: string
  /** Who labels. */
  readonly annotator: string
  readonly sample: AssignmentSample
  readonly state: AssignmentState
  readonly createdBy: string
  readonly createdAt: string
  readonly closedAt: string | null
  readonly requests: number
  /** Requests of the sample that bear a label under this assignment by now, and those that were skipped. */
  readonly labelled: number
  readonly skipped: number
}

export interface NewAssignment {
  readonly title: string
  readonly annotator: string
  readonly sample: AssignmentSample
}
