import type { ReconstructedRecord, Role } from '@/lib/contexts/types'

/** Lines of each role, by the names that figures have. */
export function roleCounts(records: readonly ReconstructedRecord[]): Record<'triggers' | 'consequences' | 'background' | 'nonresource', number> {
  const count = (role: Role): number => records.filter((record) => record.role === role).length
  return { triggers: count('trigger'), consequences: count('consequence'), background: count('background'), nonresource: count('nonresource') }
}
