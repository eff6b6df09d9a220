import type { Annotator } from '@/lib/labelling/types'
import { findDataset } from '@/lib/store/datasets'
import { idSchema } from '../../api/contracts'
import { guardPage, orNotFound } from '../../guard'

/** Who reads a page about a data set's labels, and which data set that is. */
export async function readTrustDataset(params: Promise<{ dataset: string }>): Promise<{ who: Annotator; dataset: { id: string; name: string } }> {
  const who = await guardPage()
  const { dataset: id } = await params
  const { name, id: found } = await orNotFound(idSchema.safeParse(id).success ? findDataset(id) : Promise.resolve(null))
  return { who, dataset: { id: found, name } }
}
