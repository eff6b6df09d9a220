/** What is done with auditIDs that several data sets have: refuse, take the same event once, or keep them apart under new ids. */
export const MERGE_MODES = ['refuse', 'once', 'apart'] as const
export type MergeMode = (typeof MERGE_MODES)[number]
