'use client'
import { Bookmark, BookmarkCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuHeading, MenuItem, MenuLine } from '@/components/ui/menu'
import { NameDialog } from './name-dialog'
import { useViews, type SavedView } from './use-views'

interface Props {
  room: string
  first: readonly SavedView[]
  /** The present state, as a view would keep it. */
  state: string
  onOpen: (state: string) => void
  done: (text: string, undo: () => Promise<void>) => void
}

type Asking = { readonly what: 'save' } | { readonly what: 'rename'; readonly view: SavedView } | null

/** Named states of a page: open, save, overwrite, rename, delete, each of which can be taken back. */
export function ViewsMenu({ room, first, state, onOpen, done }: Props) {
  const { views, save, overwrite, rename, remove } = useViews(room, first, done)
  const [asking, setAsking] = useState<Asking>(null)
  const [openedId, setOpenedId] = useState<string | null>(null)
  const same = views.find((view) => view.state === state)
  const opened = same ?? views.find((view) => view.id === openedId)
  const open = (view: SavedView): void => {
    setOpenedId(view.id)
    onOpen(view.state)
  }
  return (
    <>
      <Menu trigger={<Button className={same ? 'border-accent text-accent' : ''}>{same ? <BookmarkCheck aria-hidden /> : <Bookmark aria-hidden />}{opened ? `View: ${opened.name}${same ? '' : ' (changed)'}` : 'Views'}</Button>}>
        <MenuHeading>Saved views</MenuHeading>
        {views.length === 0 ? <MenuItem disabled onSelect={() => undefined}>None yet</MenuItem> : null}
        {views.map((view) => <MenuItem key={view.id} onSelect={() => open(view)}><span className={view === same ? 'font-semibold' : ''}>{view.name}</span></MenuItem>)}
        <MenuLine />
        <MenuItem onSelect={() => setAsking({ what: 'save' })}>Save this view as…</MenuItem>
        {opened && !same ? <MenuItem onSelect={() => void overwrite(opened, state)}>Overwrite “{opened.name}” with this</MenuItem> : null}
        {opened ? <MenuItem onSelect={() => setAsking({ what: 'rename', view: opened })}>Rename “{opened.name}”…</MenuItem> : null}
        {opened ? <MenuItem onSelect={() => void remove(opened)}>Delete “{opened.name}”</MenuItem> : null}
      </Menu>
      <NameDialog
        key={asking?.what}
        open={asking !== null}
        title={asking?.what === 'rename' ? `Rename the view “${asking.view.name}”` : 'Save this view'}
        first={asking?.what === 'rename' ? asking.view.name : ''}
        action={asking?.what === 'rename' ? 'Rename' : 'Save'}
        onClose={() => setAsking(null)}
        onName={async (name) => {
          if (asking?.what === 'rename') await rename(asking.view, name)
          else setOpenedId((await save(name, state)).id)
        }}
      />
    </>
  )
}
