'use client'
import { visibleText } from '@/components/format/visible'
import { useEffect, useEffectEvent, useState } from 'react'
import { QueryEditor } from '@/components/query-editor'
import { formatDuration } from '@/components/format/duration'
import { formatCount } from '@/components/format/number'
import type { QueryAnswer } from './protocol'

const PAUSE_MS = 250
const EXAMPLES = ['verb in ("create", "patch") and responseStatus.code < 300', 'responseStatus.code >= 400', 'objectRef.subresource == "exec"', 'exists(impersonatedUser.username)']

/** Asks for contexts by what their trigger is; the answer is the list below. */
export function QueryBar({ query, answer, error, total, onQuery }: { query: string; answer: QueryAnswer | null; error: string | null; total: number; onQuery: (query: string) => void }) {
  const [text, setText] = useState(query)
  const [seen, setSeen] = useState(query)
  const [sent, setSent] = useState(query)
  // The address may change by itself (back, an example); what was sent from here must not come back over newer typing.
  if (seen !== query) {
    setSeen(query)
    if (query !== sent) setText(query)
  }
  const send = useEffectEvent((next: string) => {
    if (next === query) return
    setSent(next)
    onQuery(next)
  })
  useEffect(() => {
    const timer = setTimeout(() => send(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className="mb-3">
      <div className="mb-1 flex flex-wrap items-baseline gap-x-4">
        <h2 className="text-14">Contexts whose trigger…</h2>
        <p className="text-12 text-dim" aria-live="polite">{error ? <span className="text-bad">{visibleText(error.split('\n')[0] ?? '')}</span> : answer ? `${formatCount(answer.ids.length)} of ${formatCount(total)} match, in ${formatDuration(answer.seconds)}` : ''}</p>
      </div>
      <QueryEditor value={text} onChange={setText} onSubmit={setText} ariaLabel="Query over triggers" height={44} placeholder={'user.username == "…" and verb == "create"'} />
      <p className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-12 text-dim">
        try {EXAMPLES.map((example) => <button key={example} type="button" className="link font-mono" onClick={() => setText(example)}>{example}</button>)}
        {text ? <button type="button" className="link" onClick={() => setText('')}>clear</button> : null}
      </p>
    </div>
  )
}
