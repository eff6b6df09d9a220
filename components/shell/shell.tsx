import type { ReactNode } from 'react'
import { KeyListener } from '@/components/keys/key-listener'
import type { DatasetChoice } from './dataset-switch'
import { Providers } from './providers'
import { Rail } from './rail'
import type { Theme } from './theme'
import { TopBar } from './top-bar'

/** The frame around every room. */
export function Shell({ datasets, remembered, theme, children }: { datasets: readonly DatasetChoice[]; remembered: string | null; theme: Theme; children: ReactNode }) {
  return (
    <Providers>
      <a href="#content" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5 focus:shadow-lg">Skip to the content</a>
      <TopBar datasets={datasets} remembered={remembered} theme={theme} />
      <div className="md:flex">
        <Rail />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">{children}</main>
      </div>
      <KeyListener />
    </Providers>
  )
}
