import type { ImportProgress } from '@/components/live/live-types'
import { formatBytes, formatCount } from '@/components/format/number'

/** How far an import is, by bytes read; null where the size is not known or the last phases run. */
export function importShare(progress: ImportProgress | null): number | null {
  if (!progress?.totalBytes) return null
  return progress.phase === 'reading' ? Math.min(1, progress.bytes / progress.totalBytes) : 1
}

export function importText(progress: ImportProgress | null): string {
  if (!progress) return 'Waits for a worker'
  if (progress.phase === 'labels') return `Reading the truth; ${formatCount(progress.events)} events are in`
  if (progress.phase === 'summary') return `Counting; ${formatCount(progress.events)} events are in`
  const of = progress.totalBytes ? ` of ${formatBytes(progress.totalBytes)}` : ''
  const bad = progress.rejected > 0 ? `, ${formatCount(progress.rejected)} rejected` : ''
  return `${formatCount(progress.events)} events, ${formatBytes(progress.bytes)}${of}${bad}`
}
