'use client'
import { FileUp, FlaskConical } from 'lucide-react'
import { useRef, useState } from 'react'
import { formatBytes } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { LogState } from './use-log'
import { Meter } from '@/components/ui/meter'

interface Props { state: LogState; onText: (text: string) => void; onFile: (file: File) => void; onSample: () => void }

/** Where lines come in; they stay in the browser. */
export function SourcePanel({ state, onText, onFile, onSample }: Props) {
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
        placeholder={'Paste lines of an audit log: {"kind":"Event","apiVersion":"audit.k8s.io/v1", …}\nor drop a file here, plain or gzip'}
        className="block h-56 w-full resize-y rounded-md border border-line bg-bg p-3 font-mono text-12 whitespace-pre hover:border-strong"
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button tone="primary" disabled={text.trim() === '' || reading} onClick={() => onText(text)}>Find the contexts</Button>
        <Button disabled={reading} onClick={() => picker.current?.click()}><FileUp aria-hidden />Choose a file</Button>
        <Button disabled={reading} onClick={onSample}><FlaskConical aria-hidden />Load a sample</Button>
        {text ? <span className="text-12 text-dim">{formatBytes(text.length)}</span> : null}
        <input ref={picker} type="file" hidden aria-label="Choose an audit log" onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) onFile(file)
        }} />
      </div>
      {reading ? <div><Meter share={state.share} label="Reading" /><p className="mt-1 text-dim">Reading {state.name}</p></div> : null}
      {state.error ? <Notice tone="bad">{state.error}</Notice> : null}
    </div>
  )
}
