import type { AgreementAnswer } from '@/lib/labelling/agreement/answers'
import { requireDataset } from '@/lib/store/datasets'
import { agreementOf } from '@/lib/store/labelling/agreement'
import { sidesVersion } from '@/lib/store/labelling/sides'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { KeptAnswers } from '../kept-answers'
import { pairQuery } from '../trust-contracts'

const kept = new KeptAnswers<AgreementAnswer>(20)

/** A blind annotator must not see what others said, so that this is for reviewers. */
export const GET = handle({ params: idParams, query: pairQuery, role: 'reviewer' }, async ({ params, query }) => {
  const { id } = await requireDataset(params.id)
  const key = JSON.stringify([id, await sidesVersion(id), query])
  return await kept.of(key, () => agreementOf(id, query))
})
