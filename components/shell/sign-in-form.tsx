'use client'
import { useState } from 'react'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'

export function SignInForm() {
  const [error, setError] = useState<string | null>(null)
  const send = (form: FormData): void => {
    callApi('/api/session', { method: 'POST', body: { token: String(form.get('token') ?? '') } }).then(
      () => location.assign('/'),
      (failure: unknown) => setError(failure instanceof Error ? failure.message : 'Signing in failed. Try again.'),
    )
  }
  return (
    <form action={send} className="space-y-3">
      <Field label="Token"><Input name="token" type="password" autoComplete="current-password" required /></Field>
      {error ? <Notice tone="bad">{error}</Notice> : null}
      <Button tone="primary" type="submit">Sign in</Button>
    </form>
  )
}
