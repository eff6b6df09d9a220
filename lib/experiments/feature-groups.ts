import { FEATURE_CATALOGUE, PAPER_FEATURES, type FeatureInfo } from '@/lib/features/catalogue'

const names = (take: (feature: FeatureInfo) => boolean): readonly string[] => FEATURE_CATALOGUE.filter(take).map((feature) => feature.name)

/** Features that are left out together, by a name that no feature has. */
export const FEATURE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  objectRef: names(({ group }) => group === 'objectRef'),
  user: names(({ group }) => group === 'user'),
  userAgent: names(({ group }) => group === 'userAgent'),
  requestObject: names(({ group }) => group === 'requestObject'),
  responseObject: names(({ group }) => group === 'responseObject'),
  /** What a log at the Metadata level lacks. */
  bodies: names(({ group }) => group === 'requestObject' || group === 'responseObject'),
  involvedObject: names(({ name }) => name.includes('.involvedObject.')),
  ownerReferences: names(({ name }) => name.includes('.ownerReferences.')),
  namespaces: names(({ name }) => name.endsWith('amespace')),
  /** Null on every event that Kubernetes writes. */
  dead: names(({ live }) => !live),
}

/** The features that a list of features and groups names, each once; names that are neither are kept, for whoever checks them. */
export function omittedFeatures(omit: readonly string[]): string[] {
  return [...new Set(omit.flatMap((name) => (PAPER_FEATURES.includes(name) ? [name] : FEATURE_GROUPS[name] ?? [name])))]
}
