import { callApi } from '@/components/live/call-api'
import type { CorrectionAct, CorrectionAnswer } from '@/lib/contexts/corrections/types'

/** Sends one act on contexts. Throws an ApiError, `stale-context` where others came first. */
export function sendCorrection(reconstruction: string, act: CorrectionAct, seen: number, why = ''): Promise<CorrectionAnswer> {
  return callApi(`/api/reconstructions/${reconstruction}/corrections`, { method: 'POST', body: { id: crypto.randomUUID(), act, seen, why } })
}

/** Takes an act back. */
export function sendUndo(reconstruction: string, correction: string): Promise<CorrectionAnswer> {
  return callApi(`/api/reconstructions/${reconstruction}/corrections/undo`, { method: 'POST', body: { id: crypto.randomUUID(), correction } })
}
