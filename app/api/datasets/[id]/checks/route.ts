import type { CheckReport } from '@/lib/labelling/checks/types'
import { requireDataset } from '@/lib/store/datasets'
import { checksOf, checksVersion } from '@/lib/store/labelling/checks'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { KeptAnswers } from '../kept-answers'

const kept = new KeptAnswers<CheckReport>(8)

export const GET = handle({ params: idParams }, async ({ params }) => {
  const { id } = await requireDataset(params.id)
  return await kept.of(`${id} ${await checksVersion(id)}`, () => checksOf(id))
})
