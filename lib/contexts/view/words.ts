/** `deployments` -> `deployment`; names of resources are plural by convention. */
export function singular(resource: string): string {
  if (/(sses|xes|ches|shes)$/.test(resource)) return resource.slice(0, -2)
  if (resource.endsWith('ies')) return `${resource.slice(0, -3)}y`
  return /[^s]s$/.test(resource) && resource !== 'endpoints' ? resource.slice(0, -1) : resource
}

const PAST: ReadonlyMap<string, string> = new Map([
  ['create', 'created'], ['delete', 'deleted'], ['deletecollection', 'deleted all'], ['get', 'read'], ['list', 'listed'], ['patch', 'patched'], ['update', 'updated'], ['watch', 'watched'],
  ['impersonate', 'impersonated'], ['bind', 'bound'], ['escalate', 'escalated'],
])

export function pastOf(verb: string | null): string {
  return PAST.get(verb ?? '') ?? `sent ${verb ?? 'a request'} for`
}
