'use client'
import { useKey } from '@/components/keys/use-key'
import type { LabelStore } from './sync/label-store'
import type { Move } from './state/action'
import type { UserAct } from './state/user-act'
import { verbsAt } from './state/verb-base'

const ACTS = 'Label'
const MOVES = 'Go through the log'
const PAGE_LINES = 20

interface Keys {
  readonly store: LabelStore
  /** Whether the likely labels are verbs just now. */
  readonly verbs: boolean
  readonly act: (act: UserAct) => void
  readonly stamp: () => { id: string; at: number }
  readonly openPicker: () => void
  readonly openComment: () => void
  readonly toggleVerbs: () => void
  readonly toggleRaw: () => void
  readonly toggleQueue: () => void
  readonly escape: () => void
  readonly stepContext: (by: 1 | -1) => void
}

/** Every key of the labelling page; each shows up in the `?` sheet. */
export function useLabelKeys(keys: Keys): void {
  useActKeys(keys)
  useNumberKeys(keys)
  useMoveKeys(keys)
  const { store, stamp } = keys
  useKey('mod+z', 'Undo, without limit', ACTS, () => store.dispatch({ type: 'undo', ...stamp() }))
  useKey('mod+shift+z', 'Redo', ACTS, () => store.dispatch({ type: 'redo', ...stamp() }))
  useKey('mod+y', 'Redo', ACTS, () => store.dispatch({ type: 'redo', ...stamp() }))
  useKey(' ', 'Raw JSON, and back', 'Look', keys.toggleRaw)
  useKey('a', 'Order of the queue, or of time', 'Look', keys.toggleQueue)
  useKey('Escape', 'Back out', 'Look', keys.escape)
}

function useActKeys({ act, openPicker, openComment, toggleVerbs }: Keys): void {
  useKey('Enter', 'Accept the suggestion, and on to the next', ACTS, () => act({ kind: 'accept' }))
  useKey('shift+Enter', 'Accept it for the whole context', ACTS, () => act({ kind: 'accept-group' }))
  useKey('l', 'Find any label', ACTS, openPicker)
  useKey('r', 'Repeat the last label', ACTS, () => act({ kind: 'repeat' }))
  useKey('v', 'The same with another verb', ACTS, toggleVerbs)
  useKey('b', 'Background', ACTS, () => act({ kind: 'background' }))
  useKey('s', 'Skip', ACTS, () => act({ kind: 'skip' }))
  useKey('f', 'Flag', ACTS, () => act({ kind: 'flag' }))
  useKey('c', 'Comment', ACTS, openComment)
  useKey('p', 'Propagate to the linked lines', ACTS, () => act({ kind: 'propagate' }))
  useKey('Delete', 'Take the label away', ACTS, () => act({ kind: 'clear' }))
  useKey('Backspace', 'Take the label away', ACTS, () => act({ kind: 'clear' }))
}

/** 1 to 9: likely labels, or verbs after `v`. */
function useNumberKeys({ act, verbs, store }: Keys): void {
  const pick = (number: number) => (): void => {
    const verb = verbsAt(store.state())[number - 1]
    if (!verbs) act({ kind: 'pick', number })
    else if (verb) act({ kind: 'verb', verb })
  }
  useKey('1', 'First of the likely labels', ACTS, pick(1))
  useKey('2', 'Second of them', ACTS, pick(2))
  useKey('3', 'Third of them', ACTS, pick(3))
  useKey('4', 'Fourth of them', ACTS, pick(4))
  useKey('5', 'Fifth of them', ACTS, pick(5))
  useKey('6', 'Sixth of them', ACTS, pick(6))
  useKey('7', 'Seventh of them', ACTS, pick(7))
  useKey('8', 'Eighth of them', ACTS, pick(8))
  useKey('9', 'Ninth of them', ACTS, pick(9))
}

function useMoveKeys({ store, stepContext }: Keys): void {
  const move = (to: Move) => (): void => store.dispatch({ type: 'move', move: to })
  const extend = (lines: number) => (): void => store.dispatch({ type: 'extend', move: { kind: 'by', lines } })
  useKey('j', 'Next line', MOVES, move({ kind: 'by', lines: 1 }))
  useKey('k', 'Previous line', MOVES, move({ kind: 'by', lines: -1 }))
  useKey('ArrowDown', 'Next line', MOVES, move({ kind: 'by', lines: 1 }))
  useKey('ArrowUp', 'Previous line', MOVES, move({ kind: 'by', lines: -1 }))
  useKey('PageDown', 'Down a page', MOVES, move({ kind: 'by', lines: PAGE_LINES }))
  useKey('PageUp', 'Up a page', MOVES, move({ kind: 'by', lines: -PAGE_LINES }))
  useKey('Home', 'First line', MOVES, move({ kind: 'first' }))
  useKey('End', 'Last line', MOVES, move({ kind: 'last' }))
  useKey('shift+ArrowDown', 'Select on downwards', MOVES, extend(1))
  useKey('shift+ArrowUp', 'Select on upwards', MOVES, extend(-1))
  useKey('shift+j', 'Select on downwards', MOVES, extend(1))
  useKey('shift+k', 'Select on upwards', MOVES, extend(-1))
  useKey('x', 'Select the line, or not', MOVES, () => store.dispatch({ type: 'toggle', line: store.state().cursor }))
  useKey('n', 'Next unlabelled', MOVES, move({ kind: 'unlabelled' }))
  useKey('u', 'Next uncertain', MOVES, move({ kind: 'uncertain' }))
  useKey('d', 'Next disagreement', MOVES, move({ kind: 'disagreement' }))
  useKey(']', 'Next context', MOVES, () => stepContext(1))
  useKey('[', 'Previous context', MOVES, () => stepContext(-1))
}
