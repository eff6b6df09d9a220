import { InvalidArgumentError } from 'commander'

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** "90s", "30m", "1h30m" in seconds, for an option. @throws InvalidArgumentError, which is wrong use */
export function durationSeconds(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smhd])/gy)]
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ''] ?? 0), 0)
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text || seconds <= 0) throw new InvalidArgumentError('Give a time such as 90s, 30m or 1h30m.')
  return seconds
}
