import { LEVELS, STAGES } from '@/lib/audit/event'

/** `any`: the log decides, so nothing is checked before the query runs. */
export type FieldType = 'text' | 'number' | 'boolean' | 'time' | 'duration' | 'list' | 'object' | 'any'

/** One field as the editor offers it. */
export interface QueryField {
  /** As written in a query. */
  readonly path: string
  readonly type: FieldType
  /** One line. */
  readonly doc: string
  /** The full path, where this is a short name. */
  readonly aliasOf?: string
  /** Every value, where they are few and known. */
  readonly values?: readonly string[]
}

function field(path: string, type: FieldType, doc: string, values?: readonly string[]): QueryField {
  return Object.freeze(values ? { path, type, doc, values: Object.freeze([...values]) } : { path, type, doc })
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

const CODES = ['200', '201', '400', '401', '403', '404', '409', '422', '429', '500']

const EVENT = [
  field('verb', 'text', 'What the request does.', VERBS),
  field('auditID', 'text', 'Identity of the request, shared by its stages.'),
  field('stage', 'text', 'How far the request had got when the line was written.', STAGES),
  field('level', 'text', 'How much of the request the audit policy logged.', LEVELS),
  field('requestURI', 'text', 'The address as the client sent it, with its parameters.'),
  field('userAgent', 'text', 'What the client says it is; the client chooses it.'),
  field('sourceIPs', 'list', 'Where the request came from, proxies after the client.'),
  field('requestReceivedTimestamp', 'time', 'When the API server got the request, to the microsecond.'),
  field('stageTimestamp', 'time', 'When the stage was reached.'),
  field('latency', 'duration', 'How long the request took up to this stage: stageTimestamp less requestReceivedTimestamp.'),
  field('requestObject', 'object', 'The body of the request, from level Request on.'),
  field('responseObject', 'object', 'The body of the answer, at level RequestResponse.'),
  field('annotations', 'object', 'What admission and authorization noted, by key.'),
]

const USER_PARTS = [
  ['username', 'text', 'the name'],
  ['uid', 'text', 'the unique id, where the authenticator gives one'],
  ['groups', 'list', 'the groups'],
  ['extra', 'object', 'what else the authenticator says, lists by key'],
] as const

const USERS = [
  field('user', 'object', 'Who made the request.'),
  ...USER_PARTS.map(([part, type, doc]) => field(`user.${part}`, type, `Who made the request: ${doc}.`)),
  field('impersonatedUser', 'object', 'Whom the user acted as.'),
  ...USER_PARTS.map(([part, type, doc]) => field(`impersonatedUser.${part}`, type, `Whom the user acted as: ${doc}.`)),
]

const OBJECT = [
  field('objectRef', 'object', 'The object that the request is about.'),
  field('objectRef.resource', 'text', 'Its resource in the plural, such as pods.'),
  field('objectRef.subresource', 'text', 'The part that the request is about, such as exec, log, scale or status.'),
  field('objectRef.namespace', 'text', 'Its namespace.'),
  field('objectRef.name', 'text', 'Its name; a create by generateName has none yet.'),
  field('objectRef.apiGroup', 'text', 'Its API group; the core group is "".'),
  field('objectRef.apiVersion', 'text', 'Its API version.'),
  field('objectRef.uid', 'text', 'Its uid, where the client gave one.'),
  field('objectRef.resourceVersion', 'text', 'The version the client gave, a text.'),
]

const STATUS = [
  field('responseStatus', 'object', 'How the API server answered.'),
  field('responseStatus.code', 'number', 'HTTP status: 200 and 201 done, 401 unknown user, 403 refused, 404 absent, 409 conflict.', CODES),
  field('responseStatus.status', 'text', 'Success or Failure, where it is said.', ['Success', 'Failure']),
  field('responseStatus.reason', 'text', 'Why it failed, in one word, such as Forbidden or NotFound.'),
  field('responseStatus.message', 'text', 'Why it failed, for people.'),
]

const LABEL = [
  field('label', 'object', 'The action that caused the event.'),
  field('label.verb', 'text', "The action's verb class.", ['create', 'delete', 'get', 'patch', 'watch']),
  field('label.resource', 'text', 'What the action is about, such as deployments.'),
  field('label.subresource', 'text', 'The part it is about; "" for the whole object.'),
  field('label.group', 'text', 'Its API group; the core group is "".'),
  field('label.namespaced', 'boolean', 'Whether the action stays in one namespace.'),
  field('label.single', 'boolean', 'Whether the action names one object.'),
  field('label.code', 'number', "The label's integer."),
]

const CONTEXT = [
  field('context', 'object', 'The context that the event belongs to.'),
  field('context.id', 'text', 'Its identity.'),
  field('context.events', 'number', 'How many events it has.'),
  field('context.first', 'time', 'When its first event was received.'),
  field('context.last', 'time', 'When its last event was received.'),
  field('context.duration', 'duration', 'How long it lasted: from its first event to its last.'),
  field('context.users', 'list', 'Who sent its events, each once.'),
  field('context.members', 'list', 'The auditIDs of its events.'),
  field('role', 'text', "The event's part.", ['trigger', 'consequence', 'background', 'nonresource']),
  field('confidence', 'number', 'How sure the label is, 0 to 1.'),
]

/** Places in bodies and annotations that people look for; any other may be written too. */
const OFTEN = [
  field('annotations["authorization.k8s.io/decision"]', 'any', 'Whether the request was let through.', ['allow', 'forbid']),
  field('annotations["authorization.k8s.io/reason"]', 'any', 'Which binding let it through, or why not.'),
  field('annotations["pod-security.kubernetes.io/enforce-policy"]', 'any', 'The pod security level that was enforced.'),
  field('annotations["k8s.io/deprecated"]', 'any', '"true" where the API version is deprecated.'),
  field('requestObject.kind', 'any', 'Kind of the object sent.'),
  field('requestObject.metadata.name', 'any', 'Name of the object sent.'),
  field('requestObject.metadata.generateName', 'any', 'Prefix of the name to be made.'),
  field('requestObject.spec.replicas', 'any', 'Replicas asked for.'),
  field('requestObject.spec.nodeName', 'any', 'Node that the pod is bound to.'),
  field('requestObject.spec.containers[*].image', 'any', 'Image of any container.'),
  field('requestObject.spec.containers[*].securityContext.privileged', 'any', 'Whether a container is privileged.'),
  field('requestObject.spec.hostNetwork', 'any', "Whether the pod shares its node's network."),
  field('requestObject.spec.template.spec.containers[*].image', 'any', 'Image of any container in a pod template.'),
  field('requestObject.roleRef.name', 'any', 'Role that a binding grants.'),
  field('requestObject.subjects[*].name', 'any', 'Whom a binding grants it to, any of them.'),
  field('requestObject.involvedObject.name', 'any', 'Object that a Kubernetes Event is about.'),
  field('requestObject.reason', 'any', 'Reason of a Kubernetes Event.'),
  field('responseObject.metadata.uid', 'any', 'uid of the object answered.'),
  field('responseObject.metadata.creationTimestamp', 'any', 'When the object answered was made.'),
  field('responseObject.metadata.ownerReferences[*].kind', 'any', "Kind of any owner of the object."),
  field('responseObject.metadata.ownerReferences[*].name', 'any', "Name of any owner of the object."),
  field('responseObject.status.phase', 'any', 'Phase of the object answered.'),
]

const DECLARED = [...EVENT, ...USERS, ...OBJECT, ...STATUS, ...LABEL, ...CONTEXT]

/** Short names, most of them those of the paper and its code; `stagetimestamp` is how the paper prints it. */
export const FIELD_ALIASES: ReadonlyMap<string, string> = new Map([
  ['username', 'user.username'],
  ['groups', 'user.groups'],
  ['resource', 'objectRef.resource'],
  ['subresource', 'objectRef.subresource'],
  ['namespace', 'objectRef.namespace'],
  ['name', 'objectRef.name'],
  ['apiGroup', 'objectRef.apiGroup'],
  ['code', 'responseStatus.code'],
  ['requestTime', 'requestReceivedTimestamp'],
  ['completionTime', 'stageTimestamp'],
  ['size', 'context.events'],
  ['context.size', 'context.events'],
  ['duration', 'context.duration'],
  ['users', 'context.users'],
  ['requestreceivedtimestamp', 'requestReceivedTimestamp'],
  ['stagetimestamp', 'stageTimestamp'],
])

function aliasFields(): QueryField[] {
  return [...FIELD_ALIASES].flatMap(([alias, path]) => {
    const full = DECLARED.find((one) => one.path === path)
    // The all-lower-case spellings are understood and not offered.
    return full && alias !== path.toLowerCase() ? [Object.freeze({ ...full, path: alias, aliasOf: path })] : []
  })
}

/** The fields with a known type: a path below an `object` of these must be declared, unless the object is open. */
export const DECLARED_FIELDS: ReadonlyMap<string, QueryField> = new Map(DECLARED.map((one) => [one.path, one]))

/** Objects whose keys the log decides. */
export const OPEN_OBJECTS: ReadonlySet<string> = new Set(['requestObject', 'responseObject', 'annotations', 'user.extra', 'impersonatedUser.extra', 'context'])

/** Every field the editor offers, short names first. */
export const QUERY_FIELDS: readonly QueryField[] = Object.freeze([...aliasFields(), ...DECLARED, ...OFTEN])
