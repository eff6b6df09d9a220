import { visibleText } from '@/lib/contexts/visible-text'
import { actionOf, actorOf, objectOf } from '@/lib/contexts/view/names'
import type { OpenPicture } from '@/lib/contexts/view/open-picture'
import { formatDuration } from '@/components/format/duration'

/** "+12.4 ms" after the trigger; a dash without a time. */
export function afterText(picture: OpenPicture, request: number): string {
  const ms = picture.after[request] ?? Number.NaN
  if (Number.isNaN(ms)) return '–'
  if (Math.abs(ms) < 10_000) return `${ms < 0 ? '−' : '+'}${Math.abs(ms).toFixed(Math.abs(ms) < 100 ? 1 : 0)} ms`
  return `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms) / 1000)}`
}

/** "patch pods/status shop/web-1 by node-2": one line for titles and lists. */
export function requestText(picture: OpenPicture, request: number): string {
  const object = objectOf(picture, request)
  return visibleText(`${actionOf(picture, request)}${object === '' ? '' : ` ${object}`} by ${actorOf(picture, request)}`.slice(0, 300))
}
