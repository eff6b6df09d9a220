import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { LogText } from '@/components/format/log-text'
import { queryHref, type ShownLog } from './links'

/** A query as it is asked, and the way to ask it. */
export function QueryBlock({ log, query, children }: { log: ShownLog; query: string; children?: ReactNode }) {
  return (
    <div className="rounded-md border border-line bg-panel p-3">
      {children ? <p className="mb-1.5 text-dim">{children}</p> : null}
      <code className="block overflow-x-auto font-mono text-12 break-words whitespace-pre-wrap"><LogText text={query} limit={3000} /></code>
      <Link href={queryHref(log, query)} prefetch={false} className="link mt-2 inline-flex items-center gap-1 text-12">Ask it in the query room<ArrowRight aria-hidden className="size-3.5" /></Link>
    </div>
  )
}
