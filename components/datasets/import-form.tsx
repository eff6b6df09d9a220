'use client'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { formatBytes } from '@/components/format/number'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { Meter } from '@/components/ui/meter'
import { Notice } from '@/components/ui/notice'
import { nameFromFile } from './file-names'
import { uploadFile } from './upload-file'

interface Props { log: File; truth: File | null; taken: readonly string[]; onCancel: () => void }

/** Name, truth and secrets of a chosen log; then its upload. The import itself goes on in a worker. */
export function ImportForm({ log, truth: firstTruth, taken, onCancel }: Props) {
  const router = useRouter()
  const [name, setName] = useState(() => freeName(nameFromFile(log.name), taken))
  const [truth, setTruth] = useState<File | null>(firstTruth)
  const [keepSecrets, setKeepSecrets] = useState(false)
  const [sent, setSent] = useState<number | null>(null)
  const [error, setError] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  const total = log.size + (truth?.size ?? 0)
  const start = async (): Promise<void> => {
    stop.current = new AbortController()
    setError(null)
    setSent(0)
    try {
      const upload = await uploadFile(log, setSent, stop.current.signal)
      const truthUpload = truth ? await uploadFile(truth, (bytes) => setSent(log.size + bytes), stop.current.signal) : null
      const { id } = await callApi<{ id: string }>('/api/datasets', { method: 'POST', body: { name, uploadId: upload.id, uploadName: log.name, ...(truthUpload ? { truthUploadId: truthUpload.id } : {}), ...(keepSecrets ? { keepSecrets } : {}) } })
      router.push(`/datasets/${id}`)
      router.refresh()
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'The upload failed. Try again.')
      setSent(null)
    }
  }
  return (
    <form action={() => void start()} aria-label="Import a log" className="space-y-4 rounded-md border border-line p-4">
      <p className="text-14 font-medium">{log.name} <span className="font-normal text-dim">{formatBytes(log.size)}</span></p>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label="Name" hint="Letters, digits, dots, dashes and underscores.">
          <Input required pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,63}" value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Truth (optional)" hint={truth ? `${truth.name}, ${formatBytes(truth.size)}` : 'One record an auditID: context, role and label. It makes training and scoring possible. A labelled log of K8NTEXT or of ours will do.'}>
          <input
            type="file"
            className="block w-full text-12 file:mr-3 file:h-8 file:rounded-md file:border file:border-line file:bg-bg file:px-3 file:text-13"
            onChange={(event) => setTruth(event.target.files?.[0] ?? null)}
          />
        </Field>
      </div>
      <label className="flex items-start gap-2">
        <input type="checkbox" className="mt-1" checked={keepSecrets} onChange={(event) => setKeepSecrets(event.target.checked)} />
        <span>
          Keep secrets and tokens as logged
          <span className="block text-12 text-dim">By default their values are taken out before anything is stored.</span>
        </span>
      </label>
      {keepSecrets ? <Notice tone="warn">Secrets, tokens and last-applied annotations of this log will be stored in the database in clear and shown on pages. Do this only with logs of clusters that are gone.</Notice> : null}
      {error ? <Notice tone="bad">{error}</Notice> : null}
      <div className="flex items-center gap-3">
        <Button tone="primary" type="submit" disabled={sent !== null}>Import</Button>
        <Button onClick={() => (sent === null ? onCancel() : stop.current?.abort())}>{sent === null ? 'Cancel' : 'Stop the upload'}</Button>
        {sent === null ? null : <div className="flex-1"><Meter share={total > 0 ? sent / total : null} label="Upload" /><p className="mt-1 text-12 text-dim">{formatBytes(sent)} of {formatBytes(total)} sent</p></div>}
      </div>
    </form>
  )
}

function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  for (let n = 2; ; n++) if (!taken.includes(`${wanted}-${n}`)) return `${wanted}-${n}`
}
