'use client'
import { visibleText } from '@/components/format/visible'
import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { SavedQuery } from '@/lib/contexts/saved-query'
import { LogText } from '@/components/format/log-text'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'
import { SaveDialog } from './save-dialog'
import type { useSaved } from './use-saved'

type Saving = ReturnType<typeof useSaved>

/** Queries under names, by folder. */
export function SavedPanel({ saving, text, onAsk, onSave }: { saving: Saving; text: string; onAsk: (text: string) => void; onSave: () => void }) {
  const [editing, setEditing] = useState<SavedQuery | null>(null)
  const { saved } = saving
  const folders = [...new Set(saved.map(({ folder }) => folder))]
  return (
    <div className="space-y-4">
      <Button size="sm" disabled={text.trim() === ''} onClick={onSave}>Save this query…</Button>
      {saved.length === 0 ? <p className="text-dim">None yet. A saved query has a name, a folder and a description; everyone who uses this Auditweave sees it.</p> : null}
      {folders.map((folder) => (
        <section key={folder} aria-label={folder || 'No folder'}>
          {folder ? <h3 className="mb-1 text-12 font-medium text-dim"><LogText text={folder} limit={60} /></h3> : null}
          <ul className="space-y-1">
            {saved.filter((one) => one.folder === folder).map((query) => (
              <li key={query.id} className="flex items-start rounded-md border border-line">
                <button type="button" className="min-w-0 flex-1 rounded-md px-2 py-1.5 text-left hover:bg-hover" onClick={() => onAsk(query.text)}>
                  <span className="block truncate font-medium"><LogText text={query.name} limit={120} /></span>
                  {query.description ? <span className="line-clamp-2 text-12"><LogText text={query.description} limit={300} /></span> : null}
                  <code className="line-clamp-2 font-mono text-12 break-words text-dim"><LogText text={query.text} limit={300} /></code>
                </button>
                <Menu trigger={<Button size="icon" tone="quiet" aria-label={`What to do with ${visibleText(query.name)}`}><MoreHorizontal aria-hidden /></Button>}>
                  <MenuItem onSelect={() => setEditing(query)}>Rename, file, describe…</MenuItem>
                  <MenuItem disabled={text.trim() === '' || text === query.text} onSelect={() => void saving.change(query, { text })}>Overwrite with the query above</MenuItem>
                  <MenuLine />
                  <MenuItem onSelect={() => void saving.remove(query)}>Delete</MenuItem>
                </Menu>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {editing ? <SaveDialog title={`Change “${visibleText(editing.name)}”`} action="Change" first={editing} folders={folders.filter(Boolean)} onClose={() => setEditing(null)} onSave={(form) => saving.change(editing, form)} /> : null}
    </div>
  )
}
