import Link from 'next/link'
import { cn } from './cn'

/** Tabs that are links, so that the chosen one is in the address. */
export function TabLinks({ tabs, current, label }: { tabs: readonly { id: string; href: string; label: string; count?: number }[]; current: string; label: string }) {
  return (
    <nav aria-label={label} className="mb-4 flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link key={tab.id} href={tab.href} scroll={false} aria-current={tab.id === current ? 'page' : undefined} className={cn('-mb-px border-b-2 py-1.5 whitespace-nowrap', tab.id === current ? 'border-accent text-ink' : 'border-transparent text-dim hover:text-ink')}>
          {tab.label}
          {tab.count === undefined ? null : <span className="ml-1.5 text-12 text-dim">{tab.count.toLocaleString('en')}</span>}
        </Link>
      ))}
    </nav>
  )
}
