import { launchDerivation } from '@/lib/jobs/derivations'
import { requireDataset } from '@/lib/store/datasets'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { deriveBody } from '../dataset-contracts'

/** Begins to make a data set of this one; the new one's row says how far it is. */
export const POST = handle({ params: idParams, body: deriveBody }, async ({ params, body, who }) => {
  const { id } = await requireDataset(params.id)
  const common = { name: body.name, actor: who.name }
  switch (body.kind) {
    case 'merge': {
      for (const other of body.others) await requireDataset(other)
      return { id: await launchDerivation({ kind: 'merge', references: [id, ...body.others], mode: body.mode, ...common }) }
    }
    case 'slice': return { id: await launchDerivation({ kind: 'slice', reference: reference(id, body.version), spec: body.spec, ...common }) }
    case 'pseudonymise': return { id: await launchDerivation({ kind: 'pseudonymise', reference: reference(id, body.version), ...common }, body.key) }
  }
})

function reference(id: string, version: number | undefined): string {
  return version === undefined ? id : `${id}@${version}`
}
