'use client'
import { Download, Link2 } from 'lucide-react'
import { causesOf } from '@/lib/contexts/view/effects'
import type { OpenPicture } from '@/lib/contexts/view/open-picture'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuHeading, MenuItem } from '@/components/ui/menu'
import { showFailure, showToast } from '@/components/ui/toast'
import type { ContextActions } from './source'

const KEYS = 'Context'

/** What can be done with the whole context; what concerns one event stands beside that. */
export function ActionBar({ picture, chosen, actions }: { picture: OpenPicture; chosen: number; actions: ContextActions }) {
  const { previous, next } = picture.context
  const copy = (): void => { navigator.clipboard.writeText(location.href).then(() => showToast('The link to this view is copied.'), showFailure) }
  const id = chosen < 0 ? null : picture.auditID(chosen)
  const alone = id === null ? [] : [id]
  useKey('[', 'Previous context', KEYS, () => actions.step?.('previous'), { enabled: actions.step !== undefined })
  useKey(']', 'Next context', KEYS, () => actions.step?.('next'), { enabled: actions.step !== undefined })
  useKey('y', 'Copy the link', KEYS, copy)
  useKey('c', 'Confirm the context', KEYS, () => actions.confirm?.(), { enabled: actions.confirm !== undefined })
  useKey('x', 'Split here: this event and what follows from it', KEYS, () => { if (id !== null) actions.split?.(belowOf(picture, chosen), id) }, { enabled: actions.split !== undefined && chosen >= 0 && chosen !== picture.trigger })
  useKey('m', 'Move the event to another context', KEYS, () => actions.move?.(alone), { enabled: actions.move !== undefined && chosen >= 0 && chosen !== picture.trigger })
  useKey('b', 'Mark the event as background', KEYS, () => actions.background?.(alone), { enabled: actions.background !== undefined && chosen >= 0 && chosen !== picture.trigger })
  useKey('shift+p', 'Merge with the previous context', KEYS, () => actions.merge?.('previous'), { enabled: actions.merge !== undefined && previous !== null })
  useKey('shift+n', 'Merge with the next context', KEYS, () => actions.merge?.('next'), { enabled: actions.merge !== undefined && next !== null })
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {actions.step ? <><Button size="sm" onClick={() => actions.step?.('previous')}>Previous <Kbd>[</Kbd></Button><Button size="sm" onClick={() => actions.step?.('next')}>Next <Kbd>]</Kbd></Button></> : null}
      {actions.confirm ? <Button size="sm" onClick={actions.confirm}>Confirm <Kbd>c</Kbd></Button> : null}
      {actions.merge ? (
        <Menu align="start" trigger={<Button size="sm" disabled={previous === null && next === null}>Merge…</Button>}>
          <MenuItem keys="⇧P" disabled={previous === null} onSelect={() => actions.merge?.('previous')}>With the previous context</MenuItem>
          <MenuItem keys="⇧N" disabled={next === null} onSelect={() => actions.merge?.('next')}>With the next context</MenuItem>
        </Menu>
      ) : null}
      {actions.download ? (
        <Menu align="start" trigger={<Button size="sm"><Download aria-hidden />Export</Button>}>
          <MenuHeading>This context as a file</MenuHeading>
          <MenuItem onSelect={() => actions.download?.('html')}>Report to hand over (HTML)</MenuItem>
          <MenuItem onSelect={() => actions.download?.('graphml')}>Graph for Gephi, yEd, networkx (GraphML)</MenuItem>
          <MenuItem onSelect={() => actions.download?.('dot')}>Graph for Graphviz (DOT)</MenuItem>
          <MenuItem onSelect={() => actions.download?.('json')}>Record and events (JSON)</MenuItem>
        </Menu>
      ) : null}
      <Button size="sm" onClick={copy}><Link2 aria-hidden />Copy link <Kbd>y</Kbd></Button>
    </div>
  )
}

/** An event with all that follows from it, as auditIDs: what a split takes along. */
export function belowOf(picture: OpenPicture, from: number): string[] {
  const below = new Set([from])
  const cause = causesOf(picture)
  // Causes stand before what follows from them, so that one pass finds all.
  for (let request = from + 1; request < picture.requests; request++) if (below.has(cause[request] ?? -1)) below.add(request)
  return [...below].map((request) => picture.auditID(request))
}
