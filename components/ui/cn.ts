import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// The type scale has names of its own, which the merger would else take for colours.
const merge = extendTailwindMerge({ extend: { theme: { text: ['12', '13', '14', '16', '20', '28'] } } })

/** Joins class names; later utilities win over earlier ones of the same kind. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values))
}
