'use client'
import { Field, Input, Select } from '@/components/ui/field'
import { ENGINES, type LaunchChoices } from './launch-choices'

/** How a launch is carried out: engine, priority, what it may cost, and whether hopeless runs are given up. */
export function LaunchOptions({ choices, trains, onChange }: { choices: LaunchChoices; trains: boolean; onChange: (change: Partial<LaunchChoices>) => void }) {
  return (
    <details className="rounded-md border border-line px-3 py-2">
      <summary className="font-medium select-none">Engine, priority and budget</summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Engine" hint="auto takes the fastest that is here">
          <Select className="w-full" value={choices.engine} onChange={(event) => onChange({ engine: ENGINES.find((name) => name === event.target.value) ?? 'auto' })}>{ENGINES.map((name) => <option key={name}>{name}</option>)}</Select>
        </Field>
        <Field label="Priority" hint="-100 to 100; larger begins sooner"><Input type="number" min={-100} max={100} value={choices.priority} onChange={(event) => onChange({ priority: event.target.value })} /></Field>
        <Field label="Minutes at most" hint="Of run time, all together; empty is no limit"><Input inputMode="numeric" pattern="[0-9]*" value={choices.budgetMinutes} onChange={(event) => onChange({ budgetMinutes: event.target.value })} /></Field>
        <Field label="Runs at most" hint="Runs that may begin; empty is all"><Input inputMode="numeric" pattern="[0-9]*" value={choices.budgetRuns} onChange={(event) => onChange({ budgetRuns: event.target.value })} /></Field>
      </div>
      {trains ? (
        <label className="mt-3 flex items-center gap-2">
          <input type="checkbox" checked={choices.earlyStop} onChange={(event) => onChange({ earlyStop: event.target.checked })} />
          Give up runs that fall far behind others of the launch; they are scored where they stand
        </label>
      ) : null}
    </details>
  )
}
