import { setLaunchNote } from '@/lib/store/experiments'
import { idParams, launchNoteBody } from '../../../../contracts'
import { handle } from '../../../../handle'

export const PUT = handle({ params: idParams, body: launchNoteBody }, async ({ params, body }) => {
  await setLaunchNote(params.id, body.note)
  return { ok: true }
})
