import type { SamplePlan } from '@/lib/labelling/agreement/sample'

/** An assignment as the server tells it. */
export interface AssignmentLine {
  readonly id: string
  readonly title: string
  readonly annotator: string
  readonly sample: SamplePlan & { readonly from: 'labelled' | 'all' }
  readonly state: 'open' | 'closed'
  readonly createdBy: string
  readonly createdAt: string
  readonly requests: number
  readonly labelled: number
  readonly skipped: number
}

/** "100 of the labelled, by class, seed 1". */
export function sampleText({ sample, requests }: Pick<AssignmentLine, 'sample' | 'requests'>): string {
  const how = sample.method === 'stratified' ? 'by class of label' : 'at random'
  return `${requests.toLocaleString('en')} of ${sample.from === 'labelled' ? 'the labelled requests' : 'all requests'}, ${how}, seed ${sample.seed}`
}
