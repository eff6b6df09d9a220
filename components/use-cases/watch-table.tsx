import Link from 'next/link'
import type { ReactNode } from 'react'
import type { WatchLine } from '@/lib/alerts/cases'
import { formatCount } from '@/components/format/number'
import { queryHref, type ShownLog } from './links'
import { SeverityMark } from './mention'
import { Table, type Head } from './table'

const HEADS: readonly Head[] = [
  { name: 'rule' }, { name: 'severity' },
  { name: 'line by line', right: true, hint: 'Requests that the rule matches, each looked at by itself' },
  { name: 'in contexts', right: true, hint: 'Contexts that those requests belong to' },
  { name: 'in none', right: true, hint: 'Requests of the control plane that no action of a user caused' },
  { name: 'asked of contexts', right: true, hint: 'Contexts that the rule alerts on as a watch' },
]

/** Rules before and after. */
export function WatchTable<T extends WatchLine>({ label, watches, shown, extra }: { label: string; watches: readonly T[]; shown: ShownLog; extra?: { readonly head: Head; readonly cell: (watch: T) => ReactNode } }) {
  return (
    <Table tall label={label} heads={extra ? [...HEADS, extra.head] : HEADS} rows={watches.map((watch) => ({
      key: watch.name,
      cells: [
        <Link key="n" href={queryHref(shown, watch.query)} prefetch={false} title={`${watch.description} ${watch.references.join(', ')}`} className="hover:underline">{watch.name}</Link>, <SeverityMark key="s" severity={watch.severity} />,
        watch.requests === null ? <span key="r" className="text-dim" title="It counts what one action brought about, which no single request tells">cannot</span> : formatCount(watch.requests),
        formatCount(watch.foldedContexts), formatCount(watch.outside), <b key="c" className="font-semibold">{formatCount(watch.contexts)}</b>, ...(extra ? [extra.cell(watch)] : []),
      ],
    }))} />
  )
}
