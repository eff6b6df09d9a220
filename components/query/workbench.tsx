'use client'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import type { SavedQuery } from '@/lib/contexts/saved-query'
import { formatCount } from '@/components/format/number'
import { QueryEditor } from '@/components/query-editor'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { useUndo } from '@/components/ui/use-undo'
import { hasTimes, withoutTimes, withTest, withTimes } from './add-test'
import { AnswersTable } from './answers-table'
import type { LogChoice } from './log-choices'
import { NoAnswers } from './no-answers'
import { PanelTabs } from './panel-tabs'
import { QueryToolbar } from './query-toolbar'
import { SaveDialog } from './save-dialog'
import { StatusLine } from './status-line'
import { copyQuery, exportAddress } from './take-out'
import { TimeBrush } from './time-brush'
import { PAGE } from './use-answers'
import { useQueryKeys } from './use-query-keys'
import { useQueryRoom, type AskedRoom } from './use-query-room'
import { useSaved } from './use-saved'
import { WatchDialog } from './watch-dialog'

interface Props extends AskedRoom {
  readonly logs: readonly LogChoice[]
  readonly saved: readonly SavedQuery[]
}

/** The editor, what can be done with the query, and its answers. */
export function Workbench({ logs, saved, ...asked }: Props) {
  const { log, reconstructionId, state, change } = asked
  const { q, of } = state
  const done = useUndo()
  const saving = useSaved(saved, done)
  const [asking, setAsking] = useState<'save' | 'watch' | null>(null)
  const room = useQueryRoom(asked)
  const { answers, draft } = room
  const busy = answers.phase === 'asking' || answers.phase === 'streaming'
  const taken = { log, reconstructionId, state }
  useQueryKeys({
    count: answers.count, active: room.active, onActive: room.setActive, onOpen: room.open, onRun: () => room.run(draft.text), onFix: room.fix, onFormat: room.format, onFocus: room.focus,
    onSave: () => q.trim() !== '' && setAsking('save'), onWatch: () => q.trim() !== '' && of === 'contexts' && setAsking('watch'), onTab: (tab) => change((before) => ({ ...before, tab })),
  })
  const folders = useMemo(() => [...new Set(saving.saved.map(({ folder }) => folder).filter(Boolean))], [saving.saved])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1fr)_17rem] xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0 space-y-2">
        <QueryEditor
          value={draft.text} onChange={draft.set} onSubmit={room.run} onCheck={draft.check} handle={room.editor} ariaLabel="Query" height={104}
          placeholder={'verb == "delete" and count(resource == "pods") > 10'} lookUp={room.lookUp}
          {...(room.catalogue ? { fields: room.catalogue.fields, values: room.catalogue.values ?? {}, counts: room.catalogue.counts ?? {} } : {})}
        />
        <StatusLine error={draft.error} before={draft.error?.suggestion ? draft.text.slice(draft.error.suggestion.start, draft.error.suggestion.end) : ''} answers={answers} stale={draft.text.trim() !== q.trim()} onFix={room.fix} />
        <QueryToolbar
          state={state} busy={busy && answers.loading !== null} faulty={draft.error !== null} asksNow={/\bnow\b/.test(draft.text)}
          onRun={() => room.run(draft.text)} onStop={room.stop} onFormat={room.format} onSave={() => setAsking('save')} onWatch={() => setAsking('watch')}
          onColumns={(columns) => change((before) => ({ ...before, columns }))} onNow={(next) => change((before) => ({ ...before, now: next }))}
          onCopy={(what) => copyQuery(what, taken)} exportAddress={(format_) => exportAddress(format_, taken)}
        />
        <TimeBrush histogram={answers.histogram} of={of} chosen={hasTimes(room.base)} onStretch={(from, to) => room.run(withTimes(room.base, from, to))} onClear={() => room.run(withoutTimes(room.base))} />
        <div className={cn('transition-opacity', answers.phase === 'asking' && 'opacity-70')}>
          <AnswersTable
            columns={answers.columns} count={answers.count} shown={state.columns} active={room.active} onActivate={room.setActive} onOpen={room.open} height="max(18rem, calc(100vh - 30rem))"
            empty={<NoAnswers answers={answers} onAll={() => room.run('')} />}
            foot={answers.next === null ? null : <div className="p-2 text-center"><Button size="sm" onClick={room.more}>List {formatCount(Math.min(PAGE, answers.matched - answers.count))} more</Button></div>}
          />
        </div>
        <p className="text-12 text-dim">{reconstructionId === null ? <>These contexts are what the links alone find. Store a reconstruction of this data set under <Link className="link" href="/contexts">Contexts</Link>, and Enter opens a context; now it opens the line.</> : 'j k move · Enter opens the context · e edits the query · 1–5 beside'}</p>
      </div>
      <PanelTabs logs={logs} state={state} answers={answers} saving={saving} done={done} text={q} onTab={(tab) => change((before) => ({ ...before, tab }))} onAsk={room.run} onTest={(test) => room.run(withTest(room.base, test))} onSave={() => setAsking('save')} />
      {asking === 'save' ? <SaveDialog title="Save this query" action="Save" first={{ name: '', folder: '', description: '' }} folders={folders} onClose={() => setAsking(null)} onSave={(form) => saving.save({ ...form, text: q, datasetId: log.id })} /> : null}
      {asking === 'watch' ? <WatchDialog text={q} name={saving.saved.find(({ text }) => text === q)?.name ?? ''} onClose={() => setAsking(null)} /> : null}
    </div>
  )
}
