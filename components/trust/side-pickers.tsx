'use client'
import type { SideLine } from '@/lib/labelling/agreement/answers'
import { formatCount } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'

/** Which two sides are held against each other. */
export function SidePickers({ sides, a, b, onChange }: { sides: readonly SideLine[]; a: string; b: string; onChange: (a: string, b: string) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SideSelect label="Side A" sides={sides} value={a} onChange={(next) => onChange(next, next === b ? a : b)} />
      <Button size="sm" tone="quiet" aria-label="Turn the sides round" onClick={() => onChange(b, a)}>⇄</Button>
      <SideSelect label="Side B" sides={sides} value={b} onChange={(next) => onChange(next === a ? b : a, next)} />
    </div>
  )
}

function SideSelect({ label, sides, value, onChange }: { label: string; sides: readonly SideLine[]; value: string; onChange: (next: string) => void }) {
  return (
    <Select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {sides.map((side) => <option key={side.key} value={side.key}>{`${side.name} (${formatCount(side.rated)})`}</option>)}
    </Select>
  )
}

export function sideName(sides: readonly SideLine[], key: string): string {
  return sides.find((side) => side.key === key)?.name ?? key
}
