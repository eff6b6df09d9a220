import type { AxisValue } from '@/lib/experiments/points'

/** `vote:majority,k:5,k:10` as places on axes: any of the values of an axis, numbers as numbers too. */
export function placesOf(text: string | undefined): Record<string, AxisValue[]> {
  const places = new Map<string, AxisValue[]>()
  for (const part of text?.split(',') ?? []) {
    const [axis = '', value = ''] = part.split(':')
    const number = Number(value)
    places.set(axis, [...(places.get(axis) ?? []), value, ...(Number.isFinite(number) ? [number] : [])])
  }
  return Object.fromEntries(places)
}
