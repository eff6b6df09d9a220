import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { DATASET_COOKIE } from '@/components/shell/current-dataset'
import { toTheme } from '@/components/shell/theme'
import { readFrame } from './frame'
import './globals.css'

export const metadata: Metadata = { title: { default: 'Auditweave', template: '%s · Auditweave' }, description: 'Finds the user’s action behind every line of a Kubernetes audit log.' }
export const dynamic = 'force-dynamic'

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies()
  const theme = toTheme(jar.get('auditweave_theme')?.value)
  const frame = await readFrame()
  return (
    <html lang="en" {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        {frame ? <Shell datasets={frame.datasets} remembered={jar.get(DATASET_COOKIE)?.value ?? null} theme={theme}>{children}</Shell> : <main id="content">{children}</main>}
      </body>
    </html>
  )
}
