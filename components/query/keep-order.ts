import type { AnswerCell } from '@/lib/contexts/query-answers'

const MOST = 5000

/** Notes the order of the answers around one, so that the context's page goes through them by [ and ]. */
export function keepOrder(reconstruction: string, contexts: readonly AnswerCell[], row: number): void {
  const begin = Math.max(0, row - MOST / 2)
  const ids = [...new Set(contexts.slice(begin, begin + MOST).filter((id) => id !== null))]
  try {
    sessionStorage.setItem(`auditweave-contexts:${reconstruction}`, JSON.stringify(ids))
  } catch {
    // A browser without room goes by the order of the reconstruction.
  }
}
