'use client'
import { Combine, FileUp, Layers, Scissors, VenetianMask } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { formatCount } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Menu, MenuHeading, MenuItem, MenuLine } from '@/components/ui/menu'
import { showFailure, showToast } from '@/components/ui/toast'
import { useUndo } from '@/components/ui/use-undo'
import { uploadFile } from '../upload-file'
import { MergeDialog, PseudonymDialog, SliceDialog, type Other } from './make-dialogs'

type Open = 'slice' | 'merge' | 'pseudonymise' | null

/** New data sets made of this one, and labels from a file. */
export function MakeMenu({ dataset, name, others }: { dataset: string; name: string; others: readonly Other[] }) {
  const [open, setOpen] = useState<Open>(null)
  const picker = useRef<HTMLInputElement>(null)
  const importFile = useLabelsFile(dataset)
  const dialog = (which: Exclude<Open, null>) => ({ dataset, name, open: open === which, onOpenChange: (on: boolean) => setOpen(on ? which : null) })
  return (
    <>
      <Menu trigger={<Button><Layers aria-hidden />Make…</Button>}>
        <MenuHeading>A new data set of this one</MenuHeading>
        <MenuItem onSelect={() => setOpen('slice')}><Scissors aria-hidden />Slice by time, user, namespace or query…</MenuItem>
        <MenuItem onSelect={() => setOpen('merge')} disabled={others.length === 0}><Combine aria-hidden />Merge with others…</MenuItem>
        <MenuItem onSelect={() => setOpen('pseudonymise')}><VenetianMask aria-hidden />Pseudonymise for sharing…</MenuItem>
        <MenuLine />
        <MenuItem onSelect={() => picker.current?.click()}><FileUp aria-hidden />Import labels from a file…</MenuItem>
      </Menu>
      <input ref={picker} type="file" hidden aria-label="Choose a file of labels" onChange={(event) => { const [file] = event.target.files ?? []; if (file) void importFile(file); event.target.value = '' }} />
      <SliceDialog {...dialog('slice')} />
      <MergeDialog {...dialog('merge')} others={others} />
      <PseudonymDialog {...dialog('pseudonymise')} />
    </>
  )
}

function useLabelsFile(dataset: string): (file: File) => Promise<void> {
  const router = useRouter()
  const undoable = useUndo()
  return async (file) => {
    try {
      showToast(`Reading ${file.name}…`)
      const upload = await uploadFile(file, () => {}, new AbortController().signal)
      const done = await callApi<{ batch: string | null; changed: number; notInLog: number }>(`/api/datasets/${dataset}/import-labels`, { method: 'POST', body: { uploadId: upload.id, name: file.name } })
      const rest = done.notInLog > 0 ? ` ${formatCount(done.notInLog)} of its requests are not in the log.` : ''
      if (done.batch === null) return showToast(`${file.name} says nothing new.${rest}`)
      undoable(`${formatCount(done.changed)} labels set from ${file.name}.${rest}`, async () => {
        await callApi(`/api/datasets/${dataset}/labelling/undo`, { method: 'POST', body: { batch: done.batch } })
        router.refresh()
      })
      router.refresh()
    } catch (error) {
      showFailure(error)
    }
  }
}
