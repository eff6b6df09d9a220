'use client'
import { FileUp, FlaskConical, GraduationCap } from 'lucide-react'
import { useRef, useState } from 'react'
import { formatBytes } from '@/components/format/number'
import { Button, ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { LogState } from './log-state'
import { ModelPicker } from './model-picker'
import { PhaseBar } from './phase-bar'

/** A longer paste is read at once: a text field of that size would hold up the page. */
const FIELD_CHARACTERS = 500_000

interface Props { state: LogState; model: string; onModel: (model: string) => void; onText: (text: string) => void; onFile: (file: File) => void; onSample: () => void; onStop: () => void }

/** Where lines come in; they stay in the browser. */
export function SourcePanel({ state, model, onModel, onText, onFile, onSample, onStop }: Props) {
  const [text, setText] = useState('')
  const picker = useRef<HTMLInputElement>(null)
  const reading = state.phase === 'reading'
  return (
    <div className="max-w-[80rem] space-y-3" onDragOver={(event) => event.preventDefault()} onDrop={(event) => {
      const file = event.dataTransfer.files[0]
      if (!file) return
      event.preventDefault()
      onFile(file)
    }}>
      <textarea
        aria-label="Audit log lines"
        spellCheck={false}
        autoCapitalize="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain')
          if (text.length + pasted.length <= FIELD_CHARACTERS) return
          event.preventDefault()
          onText(text === '' ? pasted : `${text}\n${pasted}`)
        }}
        placeholder={'Paste lines of an audit log: {"kind":"Event","apiVersion":"audit.k8s.io/v1", …}\nor drop a file here, plain or gzip'}
        className="block h-56 w-full resize-y rounded-md border border-line bg-bg p-3 font-mono text-12 whitespace-pre hover:border-strong"
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button tone="primary" disabled={text.trim() === '' || reading} onClick={() => onText(text)}>Label these lines</Button>
        <Button disabled={reading} onClick={() => picker.current?.click()}><FileUp aria-hidden />Choose a file</Button>
        <Button disabled={reading} onClick={onSample}><FlaskConical aria-hidden />Load a sample</Button>
        {text ? <span className="text-12 text-dim">{formatBytes(text.length)}</span> : null}
        <span className="flex-1" />
        <ModelPicker choice={model} onChoose={onModel} />
        <ButtonLink href="/playground/train" tone="quiet"><GraduationCap aria-hidden />Train a small model</ButtonLink>
        <input ref={picker} type="file" hidden aria-label="Choose an audit log" onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }} />
      </div>
      {reading && state.progress ? <PhaseBar progress={state.progress} seconds={state.seconds} stopLabel="Stop" onStop={onStop} /> : null}
      {state.error ? <Notice tone="bad">{state.error}</Notice> : null}
    </div>
  )
}
