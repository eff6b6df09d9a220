import Link from 'next/link'
import type { ReactNode } from 'react'
import { Page } from '@/components/ui/page'
import { cn } from '@/components/ui/cn'

const TABS = [['', 'Label'], ['agreement', 'Agreement'], ['review', 'Review'], ['checks', 'Checks']] as const

/** A page about how far the labels of a data set can be trusted, with the way to the others. */
export function TrustPage({ dataset, tab, title, summary, children, actions }: { dataset: { readonly id: string; readonly name: string }; tab: 'agreement' | 'review' | 'checks'; title: string; summary: ReactNode; children: ReactNode; actions?: ReactNode }) {
  return (
    <Page title={title} crumb={{ href: `/datasets/${dataset.id}`, label: dataset.name }} summary={summary} actions={actions}>
      <nav aria-label="Labels of this data set" className="mb-5 flex gap-1 border-b border-line">
        {TABS.map(([path, label]) => (
          <Link key={path} href={`/label/${dataset.id}${path ? `/${path}` : ''}`} aria-current={path === tab ? 'page' : undefined} className={cn('-mb-px border-b-2 px-3 py-1.5', path === tab ? 'border-accent font-medium' : 'border-transparent text-dim hover:text-ink')}>{label}</Link>
        ))}
      </nav>
      {children}
    </Page>
  )
}

/** The labelling page at a request. */
export function requestHref(dataset: string, auditID: string): string {
  return `/label/${dataset}?${new URLSearchParams({ at: auditID.toWellFormed().slice(0, 512) }).toString()}`
}
