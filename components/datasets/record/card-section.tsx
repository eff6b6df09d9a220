'use client'
import { Download, Pencil } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { CARD_FIELDS, missingFields, type DatasetCard } from '@/lib/labelling/dataset/card'
import { Markdown } from '@/components/format/markdown'
import { callApi } from '@/components/live/call-api'
import { Button } from '@/components/ui/button'
import { INPUT } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { useUndo } from '@/components/ui/use-undo'

/** What people must know before they use the data: said by people, with what is counted in the exported file. */
export function CardSection({ dataset, card, mayChange }: { dataset: string; card: DatasetCard; mayChange: boolean }) {
  const [editing, setEditing] = useState(false)
  const missing = missingFields(card)
  return (
    <Section title="Card" aside={editing ? null : (
      <span className="flex items-center gap-2">
        {missing.length > 0 ? <span className="text-12 text-dim">{missing.length === CARD_FIELDS.length ? 'nothing is said yet' : `still without: ${missing.join(', ').toLowerCase()}`}</span> : null}
        <a className="inline-flex h-7 items-center gap-2 rounded-md border border-line px-2 text-12 font-medium hover:bg-hover" href={`/api/datasets/${dataset}/card?format=markdown`} download><Download aria-hidden className="size-4" />Markdown</a>
        {mayChange ? <Button size="sm" onClick={() => setEditing(true)}><Pencil aria-hidden />Edit</Button> : null}
      </span>
    )}>
      {editing ? <CardForm dataset={dataset} card={card} onDone={() => setEditing(false)} /> : <CardText card={card} />}
    </Section>
  )
}

function CardText({ card }: { card: DatasetCard }) {
  return (
    <dl className="grid gap-x-8 gap-y-3 rounded-md border border-line p-4 md:grid-cols-2">
      {CARD_FIELDS.map(({ field, title, hint }) => (
        <div key={field} className="min-w-0">
          <dt className="text-12 text-dim">{title}</dt>
          <dd className="mt-0.5 break-words">{card[field] === '' ? <span className="text-dim">Not said. {hint}</span> : <Markdown text={card[field]} />}</dd>
        </div>
      ))}
    </dl>
  )
}

function CardForm({ dataset, card, onDone }: { dataset: string; card: DatasetCard; onDone: () => void }) {
  const router = useRouter()
  const undoable = useUndo()
  const [values, setValues] = useState(card)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const write = (body: DatasetCard) => callApi<{ before: DatasetCard }>(`/api/datasets/${dataset}/card`, { method: 'PUT', body })
  const save = (): void => {
    setBusy(true)
    write(values).then(
      ({ before }) => {
        undoable('The card is saved.', async () => {
          await write(before)
          router.refresh()
        })
        onDone()
        router.refresh()
      },
      (failure: unknown) => {
        setError(failure instanceof Error ? failure.message : 'The card could not be saved.')
        setBusy(false)
      },
    )
  }
  return (
    <form action={save} aria-label="Edit the card" className="space-y-4 rounded-md border border-line p-4">
      <div className="grid gap-4 md:grid-cols-2">
        {CARD_FIELDS.map(({ field, title, hint, long }) => (
          <label key={field} className="block">
            <span className="mb-1 block font-medium">{title}</span>
            {long ? <textarea className={`${INPUT} h-24 py-1.5`} maxLength={4000} value={values[field]} onChange={(event) => setValues({ ...values, [field]: event.target.value })} /> : <input className={INPUT} maxLength={field === 'clusterVersion' ? 200 : 400} value={values[field]} onChange={(event) => setValues({ ...values, [field]: event.target.value })} />}
            <span className="mt-1 block text-12 text-dim">{hint}</span>
          </label>
        ))}
      </div>
      {error ? <Notice tone="bad">{error}</Notice> : null}
      <div className="flex justify-end gap-2"><Button onClick={onDone}>Cancel</Button><Button type="submit" tone="primary" disabled={busy}>Save the card</Button></div>
    </form>
  )
}
