import Link from 'next/link'
import { DatasetSwitch, type DatasetChoice } from './dataset-switch'
import { HelpSheet } from './help-sheet'
import { JobsMenu } from './jobs-menu'
import { Palette } from './palette'
import type { Theme } from './theme'
import { ThemeSwitch } from './theme-switch'

export function TopBar({ datasets, remembered, theme }: { datasets: readonly DatasetChoice[]; remembered: string | null; theme: Theme }) {
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-b border-line bg-bg px-4">
      <Link href="/" className="text-14 font-bold tracking-tight">Auditweave</Link>
      <DatasetSwitch choices={datasets} remembered={remembered} />
      <div className="flex-1" />
      <JobsMenu />
      <Palette />
      <div className="flex items-center gap-1">
        <ThemeSwitch initial={theme} />
        <HelpSheet />
      </div>
    </header>
  )
}
