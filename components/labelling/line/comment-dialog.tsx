'use client'
import { useState } from 'react'
import { plural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { INPUT } from '@/components/ui/field'
import { cn } from '@/components/ui/cn'

/** A word on the selected requests, kept in their history. */
export function CommentDialog({ open, count, onOpenChange, onComment }: { open: boolean; count: number; onOpenChange: (open: boolean) => void; onComment: (text: string) => void }) {
  const [text, setText] = useState('')
  const send = (): void => {
    if (text.trim() === '') return
    onComment(text.trim())
    setText('')
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Comment on ${plural(count, 'request')}`}>
      <textarea
        aria-label="Comment" rows={4} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} className={cn(INPUT, 'h-auto py-1.5')}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
        }}
      />
      <p className="mt-3 flex justify-end gap-2"><Button onClick={() => onOpenChange(false)}>Cancel</Button><Button tone="primary" disabled={text.trim() === ''} onClick={send}>Comment <Kbd className="border-on-accent/40 text-on-accent">Ctrl ↵</Kbd></Button></p>
    </Dialog>
  )
}
