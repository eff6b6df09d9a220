'use client'
import type { MouseEvent } from 'react'

/** A tick box told by its label; clicks carry their modifier keys, so that Shift can select a range. */
export function Checkbox({ label, checked, mixed = false, onClick }: { label: string; checked: boolean; mixed?: boolean; onClick: (event: MouseEvent<HTMLInputElement>) => void }) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      className="block size-3.5"
      checked={checked}
      ref={(element) => {
        if (element) element.indeterminate = mixed && !checked
      }}
      onClick={onClick}
      onChange={() => undefined}
    />
  )
}
