/** How many contexts around an opened one are remembered. */
const REACH = 2500

export const orderKey = (reconstruction: string): string => `auditweave-contexts:${reconstruction}`

/** Keeps the order of the list around a row, for "previous" and "next" of the context's own page. */
export function rememberOrder(reconstruction: string, ids: readonly string[], at: number): void {
  try {
    sessionStorage.setItem(orderKey(reconstruction), JSON.stringify(ids.slice(Math.max(0, at - REACH), at + REACH)))
  } catch {
    // Without room the page goes by time.
  }
}
