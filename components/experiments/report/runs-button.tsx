'use client'
import Link from 'next/link'
import { Popover } from 'radix-ui'
import type { RunValue } from '@/lib/experiments/report/report-types'
import { RunsList } from '@/components/charts/runs-list'
import { keepFocus } from '@/components/ui/keep-focus'

/** A figure that opens the runs behind it: the run itself where there is one, else their list. */
export function RunsButton({ text, title, runs, format }: { text: string; title: string; runs: readonly RunValue[]; format: (value: number) => string }) {
  const [only] = runs
  if (!only) return text
  if (runs.length === 1) return <Link prefetch={false} href={`/runs/${only.run}`} className="link" title={`${title}: run ${only.number}, seed ${only.seed}`}>{text}</Link>
  return (
    <Popover.Root>
      <Popover.Trigger className="link" title={`${title}: its ${runs.length} runs`}>{text}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content onCloseAutoFocus={keepFocus} aria-label={`Runs of ${title}`} sideOffset={6} collisionPadding={8} className="z-50 w-72 rounded-md border border-line bg-raised shadow-lg"><RunsList title={title} value={text} runs={runs} format={format} /></Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
