import type { LinkerState } from '@/lib/contexts/linker-state'

/** Which controllers name their children `parent-suffix`, by the child's resource. */
const PARENTS = new Map<string, readonly (readonly [group: string, resource: string])[]>([
  ['pods', [['apps', 'replicasets'], ['apps', 'daemonsets'], ['batch', 'jobs'], ['apps', 'statefulsets'], ['', 'replicationcontrollers']]],
  ['replicasets', [['apps', 'deployments']]],
  ['jobs', [['batch', 'cronjobs']]],
  ['endpointslices', [['', 'services']]],
  ['controllerrevisions', [['apps', 'statefulsets'], ['apps', 'daemonsets']]],
])

/** An object by name, as an event or a reporter's Event names it. */
export interface NamedObject {
  readonly resource: string
  readonly namespace: string
  readonly name: string
}

function findParent(state: LinkerState, { resource: child, namespace, name }: NamedObject): number {
  const dash = name.lastIndexOf('-')
  if (dash <= 0) return -1
  const stem = name.slice(0, dash)
  for (const [group, resource] of PARENTS.get(child) ?? []) {
    const node = state.graph.findName(group, resource, namespace, stem)
    if (node >= 0) return node
  }
  return -1
}

/** `template-set-0`: the set's name may hold dashes, so every cut is tried. */
function findSet(state: LinkerState, { namespace, name }: NamedObject): number {
  const stem = /^(.+)-\d+$/.exec(name)?.[1]
  if (stem === undefined) return -1
  for (let dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
    const node = state.graph.findName('apps', 'statefulsets', namespace, stem.slice(dash + 1))
    if (node >= 0) return node
  }
  return -1
}

/** Operators name what they make after the custom resource that asks for it: the longest name that the log has shown. */
function findCustom(state: LinkerState, { namespace, name }: NamedObject): number {
  for (let end = name.length; end > 0; end = name.lastIndexOf('-', end - 1)) {
    const node = state.customs.get(`${namespace} ${name.slice(0, end)}`)
    if (node !== undefined) return node
  }
  return -1
}

/** An object that a component made of its own accord, by no name that Kubernetes' own controllers give. */
export function adoptCustom(state: LinkerState, object: NamedObject, node: number): void {
  if (state.customs.size === 0 || state.graph.isKnown(node) || state.graph.parents(node) !== null) return
  const custom = findCustom(state, object)
  if (custom >= 0) state.graph.connect(node, custom, 'generated-name')
}

/**
 * Finds the parent of an object whose body was never logged (Metadata level): a controller names a child after its parent, and
 * only a parent that the log has shown is believed.
 */
export function adopt(state: LinkerState, object: NamedObject, node: number): void {
  if (state.graph.isKnown(node) || state.graph.parents(node) !== null) return
  const { resource, name, namespace } = object
  if (resource === 'endpoints') {
    const service = state.graph.findName('', 'services', namespace, name)
    if (service >= 0) state.graph.connect(node, service, 'service')
  } else if (resource === 'persistentvolumeclaims') {
    const set = findSet(state, object)
    if (set >= 0) state.graph.connect(node, set, 'template')
  } else if (resource === 'apiservices') {
    const definition = state.definitions.get(name.slice(name.indexOf('.') + 1))
    if (definition !== undefined) state.graph.connect(node, definition, 'establishes')
  } else if (resource === 'customresourcedefinitions') {
    state.definitions.set(name.slice(name.indexOf('.') + 1), node)
  } else {
    const parent = findParent(state, object)
    if (parent >= 0) state.graph.connect(node, parent, 'generated-name')
  }
}
