'use client'
import { ArrowLeftRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Tip } from '@/components/ui/tip'
import { linesCodec } from './lines-state'
import { runHint, runText, type NamedRun } from './compared-runs'

/** Which two runs are compared; another choice is another page, so that "back" returns. */
export function RunPair({ a, b, choices }: { a: string; b: string; choices: readonly NamedRun[] }) {
  const router = useRouter()
  const go = (pair: { a: string; b: string }): void => {
    const now = linesCodec.read(new URLSearchParams(window.location.search))
    router.push(`/compare/lines?${linesCodec.write({ ...now, ...pair, at: null })}`)
  }
  const swap = (): void => go({ a: b, b: a })
  useKey('w', 'Swap A and B', 'Lines', swap)
  return (
    <>
      <Side name="A" value={a} choices={choices} onChange={(id) => go(id === b ? { a: b, b: a } : { a: id, b })} />
      <Tip label="Swap A and B" keys="w"><Button size="icon" aria-label="Swap A and B" onClick={swap}><ArrowLeftRight aria-hidden /></Button></Tip>
      <Side name="B" value={b} choices={choices} onChange={(id) => go(id === a ? { a: b, b: a } : { a, b: id })} />
    </>
  )
}

function Side({ name, value, choices, onChange }: { name: string; value: string; choices: readonly NamedRun[]; onChange: (id: string) => void }) {
  const chosen = choices.find((run) => run.id === value)
  return (
    <label className="flex items-center gap-2">
      <b className="font-semibold">{name}</b>
      <Select aria-label={`Run ${name}`} className="max-w-64" title={chosen && runHint(chosen)} value={chosen ? value : ''} onChange={(event) => onChange(event.target.value)}>
        {chosen ? null : <option value="">choose a run</option>}
        {choices.map((run) => <option key={run.id} value={run.id}>{runText(run)} · {run.protocol}</option>)}
      </Select>
    </label>
  )
}
