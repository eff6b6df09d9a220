'use client'
import { useRef } from 'react'

/** A text in its cell: Enter or leaving it saves, Escape keeps what was there. */
export function CellEditor({ label, text, onSave, onCancel }: { label: string; text: string; onSave: (text: string) => void; onCancel: () => void }) {
  const left = useRef(false)
  const leave = (work: () => void): void => {
    if (left.current) return
    left.current = true
    work()
  }
  return (
    <input
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it stands where the reader just asked to write
      autoFocus
      defaultValue={text}
      className="h-6 w-full rounded-sm border border-accent bg-bg px-1"
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault()
          const { value } = event.currentTarget
          leave(() => onSave(value))
        } else if (event.key === 'Escape') {
          event.preventDefault()
          leave(onCancel)
        }
      }}
      onBlur={({ target }) => leave(() => (target.value === text ? onCancel() : onSave(target.value)))}
    />
  )
}
