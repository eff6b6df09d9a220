import type { ConflictAnswer } from '@/lib/labelling/types'

/** 409 with what stands by now, so that the page can show it beside what was meant. */
export function conflictReply(conflicts: ConflictAnswer['conflicts']): Response {
  const count = conflicts.length === 1 ? 'One of these requests has' : `${conflicts.length.toLocaleString('en')} of these requests have`
  const message = `${count} been labelled by somebody else meanwhile. Nothing was changed; look at what stands now and do it again.`
  return Response.json({ error: { code: 'stale-labels', message }, conflicts } satisfies ConflictAnswer, { status: 409, headers: { 'cache-control': 'no-store' } })
}
