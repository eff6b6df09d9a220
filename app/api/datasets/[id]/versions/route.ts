import { freezeVersion } from '@/lib/store/dataset-versions/freeze'
import { listSplits } from '@/lib/store/dataset-versions/splits'
import { hasChanged, listVersions } from '@/lib/store/dataset-versions/versions'
import { requireDataset } from '@/lib/store/datasets'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { freezeBody } from '../dataset-contracts'

export const GET = handle({ params: idParams }, async ({ params }) => {
  const { id } = await requireDataset(params.id)
  const versions = await listVersions(id)
  return { versions, changed: await hasChanged(id, versions[0] ?? null), splits: await listSplits(id) }
})

/** Freezes what stands as the next version. */
export const POST = handle({ params: idParams, body: freezeBody, role: 'reviewer' }, ({ params, body, who }) => freezeVersion(params.id, { actor: who.name, note: body.note }))
