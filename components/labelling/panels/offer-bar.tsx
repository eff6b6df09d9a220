'use client'
import { GitBranch } from 'lucide-react'
import { plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { shortLabel } from '../list/line-row'
import type { Offer } from '../state/model'

/** What a label just given would be for the lines that belong with it: a proposal until it is taken. */
export function OfferBar({ offer, onTake, onLeave }: { offer: Offer; onTake: () => void; onLeave: () => void }) {
  return (
    <p role="status" className="flex min-w-0 items-center gap-2">
      <GitBranch aria-hidden className="size-4 shrink-0 text-accent" />
      <span className="truncate">{plural(offer.requests.length, 'request')} that {offer.requests.length === 1 ? 'belongs' : 'belong'} with it {offer.requests.length === 1 ? 'bears' : 'bear'} no label. The same for {offer.requests.length === 1 ? 'it' : 'them'}, <b className="font-medium">{shortLabel(offer.label, offer.role)}</b>?</span>
      <Button size="sm" onClick={onTake}>Propagate <Kbd>p</Kbd></Button>
      <Button size="sm" tone="quiet" onClick={onLeave}>Not now <Kbd>Esc</Kbd></Button>
    </p>
  )
}
