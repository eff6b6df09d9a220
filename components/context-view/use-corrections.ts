'use client'
import { useCallback } from 'react'
import type { CorrectionAct, CorrectionAnswer } from '@/lib/contexts/corrections/types'
import { callApi } from '@/components/live/call-api'
import { showFailure } from '@/components/ui/toast'
import { useUndo } from '@/components/ui/use-undo'

/** Sends acts on contexts and takes them back; `done` is told of what stands afterwards, so that the page can go where that is. */
export function useCorrections(reconstruction: string, seen: () => number, done: (answer: CorrectionAnswer, act: CorrectionAct | 'undo') => void): (act: CorrectionAct, text: string) => void {
  const offer = useUndo()
  return useCallback((act: CorrectionAct, text: string) => {
    const path = `/api/reconstructions/${reconstruction}/corrections`
    callApi<CorrectionAnswer>(path, { method: 'POST', body: { id: crypto.randomUUID(), seen: seen(), act } }).then((answer) => {
      done(answer, act)
      offer(text, async () => {
        done(await callApi<CorrectionAnswer>(`${path}/undo`, { method: 'POST', body: { id: crypto.randomUUID(), correction: answer.correction.id } }), 'undo')
      })
    }, showFailure)
  }, [reconstruction, seen, done, offer])
}
