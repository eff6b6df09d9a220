'use client'
import { visibleText } from '@/components/format/visible'
import { useEffect, useState } from 'react'
import { Select } from '@/components/ui/field'
import { showFailure } from '@/components/ui/toast'
import { chosenOption, DEFAULT_MODEL, listModelOptions, NO_MODEL, type ModelOption } from './model-choice'

/** Which model labels what links do not reach; the choice is in the address. */
export function ModelPicker({ choice, onChoose }: { choice: string; onChoose: (choice: string) => void }) {
  const [options, setOptions] = useState<readonly ModelOption[]>([])
  useEffect(() => {
    listModelOptions().then(setOptions, showFailure)
  }, [])
  const standard = options.find((option) => option.isDefault) ?? options[0]
  const known = choice === NO_MODEL || choice === DEFAULT_MODEL || chosenOption(options, choice) !== null
  const group = (origin: ModelOption['origin']): readonly ModelOption[] => options.filter((option) => option.origin === origin && option !== standard)
  return (
    <label className="flex items-center gap-2">
      <span className="text-dim">Model</span>
      <Select value={choice === standard?.id ? DEFAULT_MODEL : choice} onChange={(event) => onChoose(event.target.value)} className="max-w-64">
        <option value={DEFAULT_MODEL}>{standard ? `${standard.name} (default)` : 'default'}</option>
        <option value={NO_MODEL}>none, links alone</option>
        {group('stored').length > 0 ? <optgroup label="Stored">{group('stored').map((option) => <option key={option.id} value={option.id}>{nameIn(options, option)}</option>)}</optgroup> : null}
        {group('here').length > 0 ? <optgroup label="Trained in this browser">{group('here').map((option) => <option key={option.id} value={option.id}>{option.name}</option>)}</optgroup> : null}
        {known ? null : <option value={choice}>not here: {visibleText(choice, 80)}</option>}
      </Select>
    </label>
  )
}

/** Runs may leave models of one name; the id tells them apart. */
function nameIn(options: readonly ModelOption[], { id, name }: ModelOption): string {
  return options.filter((option) => option.name === name).length > 1 ? `${name} · ${id.slice(-6)}` : name
}
