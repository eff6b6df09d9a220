import { ROOMS } from './rooms'

export interface PaletteEntry {
  readonly kind: string
  readonly label: string
  readonly href: string
  readonly keys?: string
}

/** Rooms and actions, which need no server. */
export function fixedEntries(): readonly PaletteEntry[] {
  return [
    ...ROOMS.map((room) => ({ kind: 'Go to', label: room.label, href: room.href, keys: room.key })),
    { kind: 'Run', label: 'Import a log', href: '/datasets?import=1' },
    { kind: 'Run', label: 'Launch the window-size sweep', href: '/experiments/window-size#launch' },
    { kind: 'Run', label: 'Try the playground with a sample', href: '/playground?sample=1' },
    { kind: 'Run', label: 'Ask a log a question', href: '/query' },
    { kind: 'Run', label: 'Connect a cluster', href: '/live/set-up' },
    { kind: 'Run', label: 'New notebook', href: '/notebooks?new=1' },
    { kind: 'Show', label: 'Runs that failed', href: '/runs?state=failed' },
    { kind: 'Show', label: 'Runs under way', href: '/runs?state=queued,running' },
  ]
}

/** Entries that hold every word of the text, in any order. */
export function matchEntries(entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter((entry) => words.every((word) => `${entry.kind} ${entry.label}`.toLowerCase().includes(word)))
}
