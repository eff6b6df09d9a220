'use client'
import { useEffect, useState } from 'react'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Page } from '@/components/ui/page'
import { Notice } from '@/components/ui/notice'

/** Errors of the server reach the page without their text, so it asks what is wrong. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const [reason, setReason] = useState<string | null>(null)
  useEffect(() => {
    callApi('/api/status').then(
      () => setReason(error.digest ? `The server answers, but this page failed on it. Its log has the reason under ${error.digest}.` : error.message),
      (failure: unknown) => setReason(failure instanceof Error ? failure.message : null),
    )
  }, [error])
  return (
    <Page title="This page could not be shown">
      <Notice tone="bad" action={<Button onClick={reset}>Try again</Button>}>{reason ?? 'Finding out what is wrong…'}</Notice>
    </Page>
  )
}
