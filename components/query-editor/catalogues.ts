import { AUDIT_CATALOGUE, type QueryCatalogue, type SeenValue } from '@/lib/query'

/** Asks the data for values at a path that hold what was typed. */
export type LookUp = (path: string, part: string) => Promise<readonly SeenValue[]>

interface Known {
  readonly catalogue: QueryCatalogue
  readonly lookUp: LookUp | null
}

/** Providers serve the language, not one editor: each model's catalogue is found by its address. */
const byModel = new Map<string, Known>()

export function setCatalogue(model: string, catalogue: QueryCatalogue, lookUp: LookUp | null = null): void {
  byModel.set(model, { catalogue, lookUp })
}

export function dropCatalogue(model: string): void {
  byModel.delete(model)
}

export function catalogueOf(model: string): QueryCatalogue {
  return byModel.get(model)?.catalogue ?? AUDIT_CATALOGUE
}

export function lookUpOf(model: string): LookUp | null {
  return byModel.get(model)?.lookUp ?? null
}
