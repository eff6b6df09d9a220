import { restoreVersion } from '@/lib/store/dataset-versions/relabel'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { restoreBody } from '../../dataset-contracts'

/** Brings a version's labels back as one act of whoever asks, who can undo it. */
export const POST = handle({ params: idParams, body: restoreBody, role: 'reviewer' }, ({ params, body, who }) => restoreVersion(params.id, body.number, who.name))
