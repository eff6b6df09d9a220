'use client'
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import type { FoldedAlerts } from '@/lib/alerts/fold'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { ApiError } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { ShownLog } from './links'
import { Client, Deed, Extent } from './mention'
import { Table } from './table'

export type FoldAnswer = FoldedAlerts & { readonly skipped: number; readonly firstSkipped: number | null; readonly beyond: number; readonly contextsInAll: number; readonly commandsInAll: number }

/** Takes a file of alerts and shows what is left of them; nothing of it is stored. */
export function FoldPanel({ shown }: { shown: ShownLog }) {
  const picker = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<{ readonly busy: string | null; readonly error: string | null; readonly answer: FoldAnswer | null }>({ busy: null, error: null, answer: null })
  const fold = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setState({ busy: file.name, error: null, answer: null })
    try {
      setState({ busy: null, error: null, answer: await send(shown.reconstruction, file) })
    } catch (error) {
      setState({ busy: null, error: error instanceof Error ? error.message : 'The file could not be folded. Try again.', answer: null })
    }
    if (picker.current) picker.current.value = ''
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => picker.current?.click()} disabled={state.busy !== null}><FileUp aria-hidden />{state.busy === null ? 'Choose a file of alerts' : 'Folding…'}</Button>
        <p className="max-w-[70ch] text-dim">Falco’s output with <code className="font-mono text-12">json_output: true</code>, plain or gzip, or JSON lines that each name an auditID. Add <code className="font-mono text-12">ka.auditid</code> by <code className="font-mono text-12">append_output</code>, else a request is found by its time. Nothing of the file is kept.</p>
      </div>
      <input ref={picker} type="file" hidden aria-label="Choose a file of alerts" onChange={(event) => void fold(event.target.files?.[0])} />
      <div aria-live="polite" className="mt-4">
        {state.error ? <Notice tone="bad">{state.error}</Notice> : null}
        {state.answer ? <Folded answer={state.answer} shown={shown} /> : null}
      </div>
    </>
  )
}

async function send(reconstruction: string, file: File): Promise<FoldAnswer> {
  const response = await fetch(`/api/use-cases/${reconstruction}/alerts`, { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' } })
  const value = (await response.json().catch(() => null)) as FoldAnswer & { readonly error?: { readonly code: string; readonly message: string } } | null
  if (!response.ok || value === null) throw new ApiError(value?.error?.code ?? String(response.status), value?.error?.message ?? `The server answered ${response.status}.`)
  return value
}

const WHY = { background: 'the control plane’s own', 'not-in-log': 'not in this log', 'not-told': 'cannot be told apart' } as const

function Folded({ answer, shown }: { answer: FoldAnswer; shown: ShownLog }) {
  const { found } = answer
  return (
    <div className="space-y-4">
      <p className="text-16 font-semibold">{plural(answer.alerts, 'alert')}, {plural(answer.contextsInAll, 'context')}{answer.commandsInAll < answer.contextsInAll ? ` of ${plural(answer.commandsInAll, 'command')}` : ''}</p>
      <p className="text-dim">Found by auditID: {formatCount(found.byAuditID)}, by time: {formatCount(found.byTime)}. In no context: {formatCount(found.background)} of the control plane’s own, {formatCount(found.notInLog)} not in this log, {formatCount(found.notTold)} that cannot be told apart.{answer.skipped > 0 ? ` ${plural(answer.skipped, 'line')} held no alert, the first is line ${answer.firstSkipped}.` : ''}{answer.beyond > 0 ? ` ${plural(answer.beyond, 'alert')} beyond the limit were left out.` : ''}</p>
      <Table tall label="Rules of the file before and after" heads={[{ name: 'rule' }, { name: 'severity' }, { name: 'alerts', right: true }, { name: 'contexts', right: true }, { name: 'commands', right: true }, { name: 'in none', right: true }]} rows={answer.rules.map((rule) => ({ key: rule.rule, cells: [<LogText key="n" text={rule.rule} limit={120} />, <LogText key="s" text={rule.severity} limit={20} />, formatCount(rule.alerts), formatCount(rule.contexts), formatCount(rule.commands), formatCount(rule.outside)] }))} />
      <Table tall label="Commands by their alerts" heads={[{ name: 'who' }, { name: 'began with' }, { name: 'client' }, { name: 'contexts', right: true }, { name: 'alerts', right: true }, { name: 'rules' }]} rows={answer.commands.map(({ first, contexts, alerts, rules }) => ({ key: first.context, cells: [<LogText key="u" text={first.user} limit={60} />, <Deed key="d" log={shown} mention={first} />, <Client key="a" agent={first.agent} />, formatCount(contexts), formatCount(alerts), <span key="r" className="text-12"><LogText text={rules.join(', ')} limit={200} /></span>] }))} />
      <Table tall label="Contexts by their alerts" heads={[{ name: 'who' }, { name: 'did' }, { name: 'what came of it' }, { name: 'alerts', right: true }, { name: 'rules' }]} rows={answer.contexts.map((context) => ({ key: context.context, cells: [<LogText key="u" text={context.user} limit={60} />, <Deed key="d" log={shown} mention={context} />, <Extent key="e" mention={context} />, formatCount(context.alerts), <span key="r" className="text-12"><LogText text={context.rules.map(({ rule, alerts }) => `${rule} (${alerts})`).join(', ')} limit={200} /></span>] }))} />
      {answer.outside.length > 0 ? <Table tall label="Alerts that met no context" heads={[{ name: 'line', right: true }, { name: 'rule' }, { name: 'why' }, { name: 'says' }]} rows={answer.outside.map(({ line, rule, why, text }) => ({ key: String(line), cells: [formatCount(line), <LogText key="n" text={rule} limit={80} />, WHY[why], <span key="t" className="text-dim"><LogText text={text} limit={160} /></span>] }))} /> : null}
    </div>
  )
}
