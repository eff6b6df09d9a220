'use client'
import { useKey } from '@/components/keys/use-key'

interface Props {
  onTheirs: () => void
  onMine?: (() => void) | undefined
}

/** The keys of what another person labelled first; there while the choice is. */
export function ChoiceKeys({ onTheirs, onMine }: Props) {
  useKey('shift+t', 'Keep theirs', 'Conflict', onTheirs)
  useKey('shift+m', 'Take mine', 'Conflict', () => onMine?.(), { enabled: onMine !== undefined })
  return null
}
