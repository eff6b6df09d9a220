/** kubectl's short names of what people label most. */
const SHORT: Readonly<Record<string, string>> = {
  pods: 'po', services: 'svc', deployments: 'deploy', daemonsets: 'ds', statefulsets: 'sts', replicasets: 'rs', cronjobs: 'cj', configmaps: 'cm', namespaces: 'ns', nodes: 'no',
  persistentvolumes: 'pv', persistentvolumeclaims: 'pvc', serviceaccounts: 'sa', ingresses: 'ing', networkpolicies: 'netpol', horizontalpodautoscalers: 'hpa', poddisruptionbudgets: 'pdb',
  endpoints: 'ep', events: 'ev', customresourcedefinitions: 'crd', certificatesigningrequests: 'csr', resourcequotas: 'quota', limitranges: 'limits', storageclasses: 'sc',
  replicationcontrollers: 'rc', priorityclasses: 'pc', componentstatuses: 'cs',
}

/** What a resource is called: its plural, its kind as one word, kubectl's short name. */
export function kindWords({ resource }: { readonly resource: string }): string[] {
  const short = Object.hasOwn(SHORT, resource) ? [SHORT[resource] as string] : []
  return [resource, ...new Set([singular(resource)].filter((kind) => kind !== resource)), ...short]
}

/** A kind is its resource's singular, but for the case of its letters. */
export function singular(resource: string): string {
  if (resource === 'endpoints') return resource
  if (resource.endsWith('ies')) return `${resource.slice(0, -3)}y`
  if (/(?:ss|s|x|ch|sh)es$/.test(resource) && !/(?:leases|databases|releases|caches|slices)$/.test(resource)) return resource.slice(0, -2)
  return resource.endsWith('s') && !resource.endsWith('ss') ? resource.slice(0, -1) : resource
}
