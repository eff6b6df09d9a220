'use client'
import { useCallback, useState } from 'react'
import type { Alert } from '@/lib/live/watch'
import { callApi } from '@/components/live/call-api'
import { useLiveMessage } from '@/components/live/use-live'
import { showFailure } from '@/components/ui/toast'
import { useUndo } from '@/components/ui/use-undo'

/** The last alerts, the newest first, kept up to date, and the way to acknowledge one and take that back. */
export function useAlerts(first: readonly Alert[]): { readonly alerts: readonly Alert[]; readonly acknowledge: (alert: Alert) => void } {
  const [alerts, setAlerts] = useState(first)
  const done = useUndo()
  const put = useCallback((alert: Alert) => setAlerts((now) => (now.some(({ id }) => id === alert.id) ? now.map((one) => (one.id === alert.id ? alert : one)) : [alert, ...now].slice(0, 500))), [])
  useLiveMessage('alert', put)
  // Messages are lost while the connection is down.
  useLiveMessage('snapshot', () => { callApi<Alert[]>('/api/live/alerts').then(setAlerts).catch(() => undefined) })
  const say = useCallback(async (id: string, state: Alert['state']) => put(await callApi<Alert>(`/api/live/alerts/${id}/acknowledge`, { method: 'POST', body: { state } })), [put])
  const acknowledge = useCallback((alert: Alert) => {
    const next = alert.state === 'open' ? 'acknowledged' : 'open'
    say(alert.id, next).then(() => done(next === 'acknowledged' ? `"${alert.watch}" acknowledged.` : `"${alert.watch}" is open again.`, () => say(alert.id, alert.state))).catch(showFailure)
  }, [say, done])
  return { alerts, acknowledge }
}
