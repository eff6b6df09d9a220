'use client'
import { AXES } from '@/lib/experiments/axes'
import { HELD_OUT_AXES } from '@/lib/experiments/expand'
import type { AxisValue } from '@/lib/experiments/points'
import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { Select } from '@/components/ui/field'
import { AxisEditor, inOrder } from './axis-editor'
import { parseValues, valueProblem, type LaunchChoices } from './launch-choices'

/** Axes that are said elsewhere in the form. */
const ELSEWHERE: ReadonlySet<string> = new Set(['seed', 'lines', 'engine', 'scoredOn', 'repetitions'])

/** Every axis of a launch with its values, and a way to sweep over another one. */
export function SweepEditor({ spec, choices, onChange }: { spec: ExperimentSpec; choices: LaunchChoices; onChange: (axes: LaunchChoices['axes']) => void }) {
  const own = spec.scales[choices.scale].axes
  const set = (name: string, values: readonly AxisValue[]): void => onChange({ ...choices.axes, [name]: values })
  const add = (name: string, text: string): string | null => {
    const values = choices.axes[name] ?? []
    const found = parseValues(text, [...(own[name] ?? []), ...values])
    const problem = found.length === 0 ? `"${text.slice(0, 40)}" is no value of this axis.` : (found.map((value) => valueProblem(spec, choices, name, value)).find((said) => said !== null) ?? null)
    if (problem === null) set(name, inOrder([...new Set([...values, ...found])], [...(own[name] ?? []), ...values, ...found]))
    return problem
  }
  const ruled = (name: string): boolean => choices.storedSplit === null || !HELD_OUT_AXES.has(name)
  const others = Object.entries(AXES).filter(([name, axis]) => ruled(name) && (spec.runs.kind === 'train' ? axis.train : axis.measure) !== undefined && !(name in choices.axes) && !ELSEWHERE.has(name))
  return (
    <div className="space-y-3">
      {Object.entries(choices.axes).filter(([name]) => ruled(name)).map(([name, values]) => (
        <AxisEditor
          key={`${choices.scale}/${name}`} name={name} values={values} offered={offered(spec, name, own[name] ?? [])}
          onChange={(next) => set(name, next)} onAdd={(text) => add(name, text)}
          {...(name in own ? {} : { onRemove: () => onChange(Object.fromEntries(Object.entries(choices.axes).filter(([other]) => other !== name))) })}
        />
      ))}
      <label className="flex flex-wrap items-center gap-2 text-dim">
        Sweep over something else
        <Select aria-label="Sweep over something else" className="h-7 text-12" value="" onChange={(event) => (event.target.value ? set(event.target.value, []) : undefined)}>
          <option value="">choose an axis</option>
          {others.map(([name, { title }]) => <option key={name} value={name}>{title}</option>)}
        </Select>
      </label>
    </div>
  )
}

function offered(spec: ExperimentSpec, name: string, own: readonly AxisValue[]): AxisValue[] {
  return name === 'protocol' ? [...new Set([...own, ...spec.protocols])] : [...own]
}
