'use client'
import { useState } from 'react'
import { callApi, ApiError } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Select } from '@/components/ui/field'
import { showToast } from '@/components/ui/toast'

const SEVERITIES = ['info', 'low', 'medium', 'high'] as const

/** Makes a watch of the query: each context that matches from now on raises one alert. */
export function WatchDialog({ text, name: first, onClose }: { text: string; name: string; onClose: () => void }) {
  const [name, setName] = useState(first)
  const [severity, setSeverity] = useState<string>('medium')
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (): void => {
    callApi('/api/watches', { method: 'POST', body: { name: name.trim(), description: '', query: text, severity, enabled: true, notify: true } }).then(
      () => {
        showToast(`“${name.trim()}” is watched. Alerts stand under Live.`)
        onClose()
      },
      (error: unknown) => setRefusal(error instanceof ApiError && error.code !== '404' ? error.message : 'This Auditweave does not watch: it has no live part.'),
    )
  }
  return (
    <Dialog open onOpenChange={(now) => !now && onClose()} title="Watch this query" description="Each context that matches as events come raises one alert." className="w-[min(30rem,calc(100vw-2rem))]">
      <form action={submit} className="space-y-4">
        <code className="block max-h-32 overflow-auto rounded-md border border-line p-2 font-mono text-12 break-words">{text}</code>
        <Field label="Name"><Input autoComplete="off" maxLength={120} value={name} onChange={({ target }) => setName(target.value)} aria-invalid={refusal !== null} /></Field>
        <Field label="Severity"><Select value={severity} onChange={({ target }) => setSeverity(target.value)}>{SEVERITIES.map((one) => <option key={one}>{one}</option>)}</Select></Field>
        {refusal ? <p role="alert" className="text-bad">{refusal}</p> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={name.trim() === ''}>Watch</Button>
        </div>
      </form>
    </Dialog>
  )
}
