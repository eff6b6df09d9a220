import type { CorrectionConflict } from '@/lib/contexts/corrections/types'
import type { CorrectionOutcome } from '@/lib/store/contexts/write-correction'

/** The answer to an act, or 409 with the acts that came first. */
export function answerOutcome(outcome: CorrectionOutcome, conflict: string): unknown {
  if (outcome.state === 'written') return outcome.answer
  const { revision, corrections } = outcome
  return Response.json({ error: { code: 'stale-context', message: conflict }, revision, corrections } satisfies CorrectionConflict, { status: 409, headers: { 'cache-control': 'no-store' } })
}
