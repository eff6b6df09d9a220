/** Pieces of query text that several watches share. A query is written once here and shown whole on pages. */

/** The API server carried it out, or the log does not say. */
export const DONE = 'not (code >= 400)'
/** Let in by authentication and authorization, whatever came of it: a proxied or streamed request may fail behind the API server. */
export const LET_IN = 'code not in (401, 403, 404)'
export const CHANGES = 'verb in ("create", "update", "patch")'
export const RBAC = 'resource in ("roles", "clusterroles", "rolebindings", "clusterrolebindings")'
export const SERVICE_ACCOUNT = 'username startsWith "system:serviceaccount:"'
/** Libraries and tools that scripts use; controllers and kubectl name themselves. */
export const SCRIPTING = 'userAgent matches~ "^(curl|wget|python|go-http-client|okhttp|java/|node|axios|ruby|perl|httpie|postman|powershell|libwww)"'

/** How many containers are looked at one by one. */
const PLACES = 5

const POD_SPECS = ['requestObject.spec', 'requestObject.spec.template.spec', 'requestObject.spec.jobTemplate.spec.template.spec']
/** Of a create the answer has the same body, with what admission changed; the request is what logs at level Request have. */
const WORKLOADS = 'resource in ("pods", "deployments", "daemonsets", "statefulsets", "replicasets", "replicationcontrollers", "jobs", "cronjobs")'

/** A context in which someone made or changed a workload, and some pod or pod template of it passes the test: the pods that controllers made for it count. */
export function podsWith(test: (spec: string) => string): string {
  return `verb in ("create", "update", "patch") and any(${WORKLOADS} and not exists(subresource) and ${CHANGES} and ${DONE} and (${POD_SPECS.map(test).join(' or ')}))`
}

/** A test of any container of a pod specification. Where it has several parts, each may hold of another container. */
export function anyContainer(spec: string, test: (container: string) => string): string {
  return `${test(`${spec}.containers[*]`)} or ${test(`${spec}.initContainers[*]`)}`
}

/** A test of several parts that must hold of one container: of the first ones, as it must be asked of each place. */
export function oneContainer(spec: string, test: (container: string) => string): string {
  return [...Array.from({ length: PLACES }, (_, place) => test(`${spec}.containers[${place}]`)), test(`${spec}.initContainers[0]`)].join(' or ')
}

/** The same of pods alone, for tests too long to be asked of templates as well: what a template names is seen when its pods are made. */
export function startedPods(test: (spec: string) => string): string {
  return `verb in ("create", "update", "patch") and any(resource == "pods" and not exists(subresource) and verb == "create" and ${DONE} and (${test('requestObject.spec')}))`
}
