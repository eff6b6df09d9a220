'use client'
import { FileUp, Package } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { formatBytes } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { showFailure } from '@/components/ui/toast'
import { cn } from '@/components/ui/cn'
import { ImportForm } from './import-form'
import { sortFiles } from './file-names'

export interface ShippedDataset { readonly name: string; readonly bytes: number; readonly hasTruth: boolean }

/** Drop a log, pick one, or take a capture that ships. Files may be dropped anywhere on the page. */
export function ImportPanel({ shipped, taken, openPicker = false }: { shipped: readonly ShippedDataset[]; taken: readonly string[]; openPicker?: boolean }) {
  const [files, setFiles] = useState<{ log: File; truth: File | null } | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const zone = useRef<HTMLButtonElement>(null)
  const take = (chosen: readonly File[]): void => {
    const { log, truth } = sortFiles(chosen)
    if (log) setFiles({ log, truth })
  }
  const over = useDropAnywhere(take)
  useEffect(() => {
    if (openPicker) zone.current?.focus()
  }, [openPicker])
  if (files) return <ImportForm key={files.log.name} log={files.log} truth={files.truth} taken={taken} onCancel={() => setFiles(null)} />
  return (
    <div className="grid gap-3 lg:grid-cols-[2fr_1fr]">
      <button type="button" ref={zone} onClick={() => picker.current?.click()} className={cn('flex min-h-32 flex-col items-center justify-center gap-1 rounded-md border border-dashed px-6 py-6 text-center hover:bg-hover', over ? 'border-accent bg-accent-bg' : 'border-strong')}>
        <FileUp aria-hidden className="mb-1 size-5 text-dim" />
        <span className="text-14 font-medium">Drop an audit log here, or choose a file</span>
        <span className="text-dim">JSON lines, an EventList or an array; plain or gzip; as kube-apiserver, EKS, AKS or GKE write it. A truth file may be dropped with it.</span>
      </button>
      <input ref={picker} type="file" multiple hidden aria-label="Choose an audit log" onChange={(event) => take([...(event.target.files ?? [])])} />
      <ShippedList shipped={shipped} taken={taken} />
    </div>
  )
}

function ShippedList({ shipped, taken }: { shipped: readonly ShippedDataset[]; taken: readonly string[] }) {
  const router = useRouter()
  const [busy, setBusy] = useState<string | null>(null)
  const start = (name: string): void => {
    setBusy(name)
    callApi<{ id: string }>('/api/datasets', { method: 'POST', body: { shipped: name } }).then(
      ({ id }) => {
        router.push(`/datasets/${id}`)
        router.refresh()
      },
      (error: unknown) => {
        setBusy(null)
        showFailure(error)
      },
    )
  }
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line p-3">
      <p className="font-medium">Or take a capture that ships</p>
      {shipped.map((one) => (
        <div key={one.name} className="flex items-center justify-between gap-3">
          <span className="min-w-0"><Package aria-hidden className="mr-1.5 inline size-3.5 text-dim" />{one.name} <span className="text-12 text-dim">{formatBytes(one.bytes)}{one.hasTruth ? ', with truth' : ''}</span></span>
          <Button size="sm" disabled={busy !== null || taken.includes(one.name)} onClick={() => start(one.name)}>{taken.includes(one.name) ? 'Imported' : busy === one.name ? 'Starting…' : `Import ${one.name}`}</Button>
        </div>
      ))}
    </div>
  )
}

/** True while files are dragged over the window. */
function useDropAnywhere(onDrop: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(onDrop)
  useEffect(() => {
    latest.current = onDrop
  })
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent): void => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(false)
      latest.current([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return over
}
