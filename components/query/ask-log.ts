import type { QueryMessage } from '@/lib/contexts/query-answers'
import { ApiError } from '@/components/live/call-api'

export interface AskedQuestion {
  readonly dataset: string
  readonly reconstruction: string | null
  readonly text: string
  readonly of: 'contexts' | 'lines'
  readonly now: 'clock' | 'end'
  readonly cursor: number
  readonly limit: number
}

/** Asks the server and tells each message as it comes. Throws ApiError, and what `signal` was aborted with. */
export async function askLog({ reconstruction, ...question }: AskedQuestion, onMessage: (message: QueryMessage) => void, signal: AbortSignal): Promise<void> {
  const response = await fetch('/api/queries/run', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...question, ...(reconstruction === null ? {} : { reconstruction }) }), signal }).catch((error: unknown) => {
    if (signal.aborted) throw error
    throw new ApiError('unreachable', 'The server does not answer. See that "npm start" still runs, then try again.')
  })
  if (!response.ok || !response.body) throw await refusal(response)
  let rest = ''
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (rest + (value ?? '')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const message = JSON.parse(line) as QueryMessage
      if (message.kind === 'failed') throw new ApiError(message.fault.code, message.fault.message)
      onMessage(message)
    }
    if (done) return
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as { error?: { code?: string; message?: string } } | null
  return new ApiError(body?.error?.code ?? String(response.status), body?.error?.message ?? `The server answered ${response.status}.`)
}
