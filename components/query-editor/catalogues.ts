import { AUDIT_CATALOGUE, type QueryCatalogue } from '@/lib/query'

/** Providers serve the language, not one editor: each model's catalogue is found by its address. */
const byModel = new Map<string, QueryCatalogue>()

export function setCatalogue(model: string, catalogue: QueryCatalogue): void {
  byModel.set(model, catalogue)
}

export function dropCatalogue(model: string): void {
  byModel.delete(model)
}

export function catalogueOf(model: string): QueryCatalogue {
  return byModel.get(model) ?? AUDIT_CATALOGUE
}
