'use client'
import { ChevronDown, Database, Plus } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { formatCount } from '@/components/format/number'
import { Menu, MenuHeading, MenuItem, MenuLine } from '@/components/ui/menu'
import { rememberDataset } from './current-dataset'

export interface DatasetChoice {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly events: number
}

/** The data set that forms start from: the one whose page was last open, or the newest. */
export function DatasetSwitch({ choices, remembered }: { choices: readonly DatasetChoice[]; remembered: string | null }) {
  const router = useRouter()
  const open = /^\/(?:datasets|label)\/([^/]+)/.exec(usePathname())?.[1]
  useEffect(() => {
    if (open) rememberDataset(open)
  }, [open])
  const current = choices.find((choice) => choice.id === open) ?? choices.find((choice) => choice.id === remembered) ?? choices.find((choice) => choice.state === 'ready')
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="flex h-8 min-w-0 items-center gap-2 rounded-md border border-line px-2.5 text-dim hover:bg-hover">
          <Database aria-hidden className="size-4 shrink-0 sm:hidden" />
          <span className="max-sm:sr-only">Dataset</span>
          <span className="truncate font-medium text-ink">{current?.name ?? 'none yet'}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0" />
        </button>
      }
    >
      <MenuHeading>Datasets</MenuHeading>
      {choices.map((choice) => (
        <MenuItem key={choice.id} onSelect={() => router.push(`/datasets/${choice.id}`)}>
          <span className="flex-1">{choice.name}</span>
          <span className="text-12 text-dim">{choice.state === 'ready' ? `${formatCount(choice.events)} events` : choice.state}</span>
        </MenuItem>
      ))}
      {choices.length > 0 ? <MenuLine /> : null}
      <MenuItem onSelect={() => router.push('/datasets?import=1')}><Plus aria-hidden />Import a log…</MenuItem>
    </Menu>
  )
}
