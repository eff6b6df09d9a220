import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

export interface Head { readonly name: string; readonly right?: true; readonly hint?: string }

/** A plain table that scrolls by itself where the page is narrow. */
export function Table({ label, heads, rows, tall = false }: { label: string; heads: readonly Head[]; rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]; tall?: boolean }) {
  return (
    <div className={cn('relative overflow-auto rounded-md border border-line', tall && 'max-h-[30rem]')} tabIndex={0} role="region" aria-label={label}>
      <table className="w-full">
        <thead className="sticky top-0 z-1 bg-panel text-12 text-dim">
          <tr>{heads.map(({ name, right, hint }) => <th key={name} scope="col" title={hint} className={cn('border-b border-line px-2.5 py-1.5 font-medium whitespace-nowrap', right ? 'text-right' : 'text-left')}>{name}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-b border-line last:border-b-0 hover:bg-hover">
              {cells.map((cell, at) => <td key={heads[at]?.name} className={cn('px-2.5 py-1 align-top', heads[at]?.right && 'figures text-right whitespace-nowrap')}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
