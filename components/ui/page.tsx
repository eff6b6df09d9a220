import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './cn'

/** The body of a room: its heading, what can be done, and the content. */
export function Page({ title, crumb, summary, actions, children, wide = false }: {
  title: ReactNode
  crumb?: { href: string; label: string }
  summary?: ReactNode
  actions?: ReactNode
  children: ReactNode
  wide?: boolean
}) {
  return (
    <div className={cn('mx-auto w-full px-4 pt-5 pb-16 lg:px-6', wide ? '' : 'max-w-[88rem]')}>
      <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          {crumb ? <p className="mb-0.5 text-12 text-dim"><Link href={crumb.href} className="hover:text-ink hover:underline">{crumb.label}</Link> <span aria-hidden>/</span></p> : null}
          <h1 className="text-20 break-words">{title}</h1>
          {summary ? <div className="mt-1 max-w-[76ch] text-dim">{summary}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}

/** A titled part of a page; `aside` stands at the right of the title. */
export function Section({ title, aside, children, className }: { title: ReactNode; aside?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={cn('mb-8', className)}>
      <div className="mb-2 flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h2 className="text-14">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Named figures in a row, divided by lines; values keep their width while they change. */
export function Facts({ items }: { items: readonly { label: ReactNode; value: ReactNode; note?: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] overflow-hidden rounded-md border border-line">
      {items.map((item, index) => (
        <div key={index} className="-mr-px -mb-px border-r border-b border-line px-3 py-2.5">
          <dt className="text-12 text-dim">{item.label}</dt>
          <dd className="mt-0.5 text-16 font-semibold">{item.value}</dd>
          {item.note ? <dd className="text-12 text-dim">{item.note}</dd> : null}
        </div>
      ))}
    </dl>
  )
}

/** Name and value pairs, one a line. */
export function Pairs({ items }: { items: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1">
      {items.map(([name, value], index) => (
        <div key={index} className="contents">
          <dt className="text-dim">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
