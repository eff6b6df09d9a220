'use client'
import { visibleText } from '@/components/format/visible'
import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button } from './button'
import { dismissToast, subscribeToasts, toastList, type Toast } from './toast'
import { cn } from './cn'

const NONE: readonly Toast[] = []

/** Short news in the corner; failures stay until closed. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, toastList, () => NONE)
  return (
    <div aria-live="polite" className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-88 flex-col gap-2">
      {toasts.map((toast) => (
        <div key={toast.id} className={cn('pointer-events-auto flex items-start gap-2 rounded-md border border-line bg-raised px-3 py-2 shadow-lg', toast.tone === 'bad' && 'border-bad')}>
          <p className={cn('flex-1 break-words', toast.tone === 'bad' && 'text-bad')}>{visibleText(toast.text.replaceAll('\n', ' '))}</p>
          {toast.action ? <Button size="sm" onClick={() => { toast.action?.run(); dismissToast(toast.id) }}>{toast.action.label}</Button> : null}
          <Button tone="quiet" size="icon" className="size-5" aria-label="Dismiss" onClick={() => dismissToast(toast.id)}><X className="!size-3.5" /></Button>
        </div>
      ))}
    </div>
  )
}
