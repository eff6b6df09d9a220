'use client'
import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import { cn } from '@/components/ui/cn'
import { CASES } from './cases'
import { caseHref, type ShownLog } from './links'

/** From case to case, and from log to log; both stand in the address. */
export function CaseNav({ shown, choices }: { shown: ShownLog; choices: readonly { readonly id: string; readonly name: string }[] }) {
  const path = usePathname()
  const router = useRouter()
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line">
      <nav aria-label="Use cases" className="-mb-px flex flex-wrap gap-x-1">
        {CASES.map(({ name, short }) => (
          <Link key={name} href={caseHref(name, shown)} aria-current={path.endsWith(`/${name}`) ? 'page' : undefined} className={cn('border-b-2 px-2.5 py-1.5', path.endsWith(`/${name}`) ? 'border-accent font-medium' : 'border-transparent text-dim hover:text-ink')}>{short}</Link>
        ))}
      </nav>
      <label className="mb-1.5 flex items-center gap-2 text-12 text-dim">
        Log
        <select value={shown.reconstruction} onChange={(event) => router.push(`${path}?${new URLSearchParams({ reconstruction: event.target.value })}`)} className="h-7 max-w-72 rounded-md border border-line bg-bg px-2 text-ink">
          {choices.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
    </div>
  )
}
