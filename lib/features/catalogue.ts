/** Where a feature is read from; pages group by it. */
export type FeatureGroup = 'annotations' | 'objectRef' | 'requestObject' | 'responseObject' | 'responseStatus' | 'user' | 'userAgent' | 'verb'

/** One of the paper's 39 features. A dead one is null on every event that Kubernetes writes, and `dead` says why. */
export interface FeatureInfo {
  readonly name: string
  readonly group: FeatureGroup
  readonly description: string
  readonly live: boolean
  readonly dead?: string
}

const LIST = 'ownerReferences is a list: flattening writes ownerReferences[0].…, a name the paper\'s list does not ask for.'
const NO_FIELD = 'The involvedObject of an Event has no such field.'

function live(name: string, group: FeatureGroup, description: string): FeatureInfo {
  return { name, group, description, live: true }
}

function dead(name: string, group: FeatureGroup, description: string, why: string): FeatureInfo {
  return { name, group, description, live: false, dead: why }
}

function owners(group: 'requestObject' | 'responseObject'): FeatureInfo[] {
  const from = `${group}.metadata.ownerReferences`
  return [
    dead(`${from}.apiVersion`, group, 'API version of the owner', LIST),
    dead(`${from}.blockOwnerDeletion`, group, 'Whether the object holds up its owner\'s deletion', LIST),
    dead(`${from}.controller`, group, 'Whether the owner is its controller', LIST),
    dead(`${from}.kind`, group, 'Kind of the owner', LIST),
  ]
}

const FEATURES: readonly FeatureInfo[] = [
  live('annotations.authorization.k8s.io/decision', 'annotations', 'allow or forbid'),
  live('objectRef.apiGroup', 'objectRef', 'API group of the object, missing for the core group'),
  live('objectRef.namespace', 'objectRef', 'Whether the request has a namespace: 1, 0 (empty) or missing'),
  live('objectRef.resource', 'objectRef', 'Resource, in the plural'),
  live('objectRef.subresource', 'objectRef', 'Sub-resource, missing where there is none'),
  live('requestObject.apiVersion', 'requestObject', 'API version of the body sent'),
  live('requestObject.kind', 'requestObject', 'Kind of the body sent'),
  live('requestObject.metadata.namespace', 'requestObject', 'Namespace in the body sent, by its name'),
  ...owners('requestObject'),
  live('requestObject.spec.volumeMode', 'requestObject', 'Filesystem or Block, of a volume or claim sent'),
  live('requestObject.volumeBindingMode', 'requestObject', 'When a StorageClass sent binds its volumes'),
  live('responseObject.count', 'responseObject', 'How often an Event has been seen'),
  live('responseObject.involvedObject.apiVersion', 'responseObject', 'API version of the object that an Event is about'),
  live('responseObject.involvedObject.kind', 'responseObject', 'Kind of the object that an Event is about'),
  live('responseObject.involvedObject.namespace', 'responseObject', 'Whether that object has a namespace: 1, 0 (empty) or missing'),
  dead('responseObject.involvedObject.resource', 'responseObject', 'Resource of that object', NO_FIELD),
  dead('responseObject.involvedObject.subresource', 'responseObject', 'Sub-resource of that object', NO_FIELD),
  live('responseObject.kind', 'responseObject', 'Kind of the body returned'),
  live('responseObject.metadata.namespace', 'responseObject', 'Whether the body returned has a namespace: 1, 0 (empty) or missing'),
  ...owners('responseObject'),
  live('responseObject.reason', 'responseObject', 'Reason of an Event, or of a failure'),
  live('responseObject.reportingComponent', 'responseObject', 'Component that reports an Event'),
  live('responseObject.source.component', 'responseObject', 'Component that an Event comes from'),
  live('responseObject.spec.volumeMode', 'responseObject', 'Filesystem or Block, of a volume or claim returned'),
  live('responseObject.type', 'responseObject', 'Type of an Event or Secret returned'),
  live('responseStatus.code', 'responseStatus', 'HTTP status'),
  live('user.groups[0]', 'user', 'First group of the user'),
  live('user.groups[1]', 'user', 'Second group of the user'),
  live('user.groups[2]', 'user', 'Third group of the user'),
  live('userAgent.extra', 'userAgent', 'What follows the build hash, such as leader-election'),
  live('userAgent.tool', 'userAgent', 'Program'),
  live('userAgent.version', 'userAgent', 'Version of the program'),
  live('verb', 'verb', 'Verb class by its id, 1 to 5'),
]

/**
 * The paper's 39 features in the order it feeds them (sorted by name), ten of them dead and kept
 * so: repairing them would be another model. Events of events.k8s.io/v1 further lack
 * involvedObject and reportingComponent, so those live ones stay empty for them.
 */
export const FEATURE_CATALOGUE: readonly FeatureInfo[] = FEATURES.toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** The names alone, index for index those of a feature row. */
export const PAPER_FEATURES: readonly string[] = FEATURE_CATALOGUE.map((feature) => feature.name)
