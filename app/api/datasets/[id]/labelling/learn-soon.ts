import { learnIfDue } from '@/lib/jobs/learnings'

/** Has a model learn anew when enough was labelled since. Nobody waits for it, and no label is lost over its failing. */
export function learnSoon(datasetId: string): void {
  learnIfDue(datasetId).catch((error: unknown) => console.error('learning from the labels was not begun', error))
}
