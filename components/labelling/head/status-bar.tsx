'use client'
import { plural } from '@/components/format/number'
import { Kbd } from '@/components/ui/kbd'
import { OfferBar } from '../panels/offer-bar'
import type { LabelState } from '../state/model'

const HINTS: readonly (readonly [string, string])[] = [['↵', 'accept'], ['⇧↵', 'context'], ['1–9', 'likely'], ['l', 'find'], ['r', 'repeat'], ['b', 'background'], ['x', 'select'], ['n', 'next'], ['Ctrl Z', 'undo'], ['?', 'all keys']]

/** One line at the foot: an offer, what the last key came to, or which keys there are. */
export function StatusBar({ state, onTake, onLeave }: { state: LabelState; onTake: () => void; onLeave: () => void }) {
  const { offer, said, selected } = state
  return (
    <footer className="flex h-9 shrink-0 items-center gap-4 overflow-hidden bg-panel px-4 text-12">
      {offer ? <OfferBar offer={offer} onTake={onTake} onLeave={onLeave} /> : (
        <>
          <p role="status" aria-label="What happened" className="min-w-0 truncate">{selected.size > 0 ? <b className="mr-3 font-medium">{plural(selected.size, 'request')} selected</b> : null}<span key={said.count}>{said.text}</span></p>
          <ul className="ml-auto flex shrink-0 gap-3 text-dim max-lg:hidden">{HINTS.map(([key, text]) => <li key={key}><Kbd>{key}</Kbd> {text}</li>)}</ul>
        </>
      )}
    </footer>
  )
}
