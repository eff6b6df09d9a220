'use client'
import { FileUp, FlaskConical } from 'lucide-react'
import { useRef, useState } from 'react'
import { LogText } from '@/components/format/log-text'
import { formatCount, plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Meter } from '@/components/ui/meter'
import { Notice } from '@/components/ui/notice'
import { pairOf } from './log-and-truth'
import type { TrainState } from './train-state'
import { trainStore } from './train-store'

const SHIPPED = [{ name: 'sample', lines: '915 lines, seconds' }, { name: 'incidents-a', lines: '5,543 lines, about a minute' }] as const

/** Where the lines to learn from come in: a log with its truth, or one that ships. */
export function LogChoice({ state }: { state: TrainState }) {
  const picker = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState<string | null>(null)
  const busy = state.phase === 'reading' || state.phase === 'training' || state.phase === 'scoring'
  const take = (files: readonly File[]): void => {
    const pair = pairOf(files)
    setMissing(pair.ok ? null : pair.message)
    if (pair.ok) void trainStore.load(pair.log, pair.truth, pair.log.name)
  }
  return (
    <div className="space-y-3" onDragOver={(event) => event.preventDefault()} onDrop={(event) => {
      event.preventDefault()
      if (!busy) take([...event.dataTransfer.files])
    }}>
      <div className="flex flex-wrap items-center gap-2 rounded-md border border-dashed border-line px-4 py-4">
        <Button disabled={busy} onClick={() => picker.current?.click()}><FileUp aria-hidden />Choose a log and its truth</Button>
        {SHIPPED.map(({ name, lines }) => <Button key={name} disabled={busy} onClick={() => { setMissing(null); void trainStore.loadShipped(name) }}><FlaskConical aria-hidden />Take {name}<span className="font-normal text-dim">{lines}</span></Button>)}
        <span className="text-12 text-dim">or drop both files here, plain or gzip</span>
        <input ref={picker} type="file" multiple hidden aria-label="Choose a log and its truth" onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) take(files)
        }} />
      </div>
      {state.phase === 'reading' ? <div><Meter share={state.share} label="Reading" className="h-1.5" /><p className="mt-1 text-dim">Reading the log and its labels</p></div> : null}
      {missing ? <Notice tone="warn">{missing}</Notice> : null}
      {state.log ? <p><b className="font-semibold"><LogText text={state.log.name} /></b>: {plural(state.log.lines, 'request')} for API objects, {formatCount(state.log.labelled)} of them labelled, with {plural(state.log.labels, 'different label')}.</p> : null}
    </div>
  )
}
