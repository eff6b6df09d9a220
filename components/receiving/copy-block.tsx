'use client'
import { Copy } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { showFailure, showToast } from '@/components/ui/toast'

/** Text to be used as it stands, with a button that copies it. */
export function CopyBlock({ label, text }: { label: string; text: string }) {
  const copy = (): void => { navigator.clipboard.writeText(text).then(() => showToast(`${label} copied.`), showFailure) }
  return (
    <div className="relative my-2 rounded-md border border-line bg-panel">
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto p-3 pr-24 font-mono text-12">{text}</pre>
      <Button size="sm" className="absolute top-1.5 right-1.5" onClick={copy} aria-label={`Copy: ${label}`}><Copy aria-hidden />Copy</Button>
    </div>
  )
}
