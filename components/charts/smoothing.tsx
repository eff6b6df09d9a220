/** How much curves are smoothed, 0 to 0.95. */
export function Smoothing({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  return (
    <label className="flex items-center gap-2">
      smoothing
      <input type="range" min={0} max={0.95} step={0.05} value={value} onChange={(event) => onChange(Number(event.target.value))} className="w-24" />
      <span className="w-8">{value.toFixed(2)}</span>
    </label>
  )
}
