import { showFailure, showToast } from '@/components/ui/toast'
import { commandLine } from './command-line'
import type { LogChoice } from './log-choices'
import type { QueryState } from './query-state'
import { queryCodec } from './query-state'
import { logParams } from './use-catalogue'

interface Taken {
  readonly log: LogChoice
  readonly reconstructionId: string | null
  readonly state: QueryState
}

/** Where all answers can be had as a file. */
export function exportAddress(format: string, { log, reconstructionId, state }: Taken): string {
  const params = logParams(log.id, reconstructionId)
  for (const [name, value] of Object.entries({ q: state.q, of: state.of, now: state.now, format })) params.set(name, value)
  return `/api/queries/export?${params}`
}

/** Puts the address of this view, or the same question as a command, into the clipboard. */
export function copyQuery(what: 'link' | 'command', { log, state }: Taken): void {
  const text = what === 'link'
    ? new URL(`/query?${queryCodec.write({ ...state, dataset: log.id })}`, location.href).href
    : commandLine({ sourceName: log.sourceName, text: state.q, nowMicros: state.now === 'end' && /\bnow\b/.test(state.q) ? log.lastMicros : null })
  navigator.clipboard.writeText(text).then(() => showToast(what === 'link' ? 'The link to this view is copied.' : 'The command line is copied. It reads the file that this data set was imported from.'), showFailure)
}
