import { asNumber, asObject, asText } from '@/lib/audit/json'
import type { Who } from './audit-writer'
import { isEnding, namespaceOf, type Objects } from './objects'
import type { RequestInfo } from './request-info'

const RBAC = 'rbac.authorization.k8s.io'

/** Masters and components may do everything, others what a binding in the namespace (or of the cluster) gives them, and ask about themselves. */
export function mayDo(objects: Objects, who: Who, info: RequestInfo): boolean {
  if (who.groups.includes('system:masters') || /^system:(serviceaccount:kube-system:|node:|kube-|apiserver)/.test(who.username)) return true
  if (info.resource.startsWith('selfsubject')) return true
  const bindings = [...objects.list(RBAC, 'rolebindings', info.namespace).filter((body) => info.namespace !== '' && namespaceOf(body) === info.namespace), ...objects.list(RBAC, 'clusterrolebindings')]
  return bindings.some((body) => (Array.isArray(body.subjects) ? body.subjects : []).some((one) => {
    const subject = asObject(one)
    const name = asText(subject?.name) ?? ''
    if (subject?.kind === 'Group') return who.groups.includes(name)
    return subject?.kind === 'ServiceAccount' ? who.username === `system:serviceaccount:${asText(subject.namespace)}:${name}` : who.username === name
  }))
}

/** Whether one more pod would be too many. */
export function quotaRefuses(objects: Objects, namespace: string): boolean {
  const limits = objects.list('', 'resourcequotas', namespace).flatMap((quota) => {
    const hard = asObject(asObject(quota.spec)?.hard)?.pods
    return hard === undefined ? [] : [asNumber(hard) ?? Number(asText(hard))]
  })
  const pods = objects.list('', 'pods', namespace).filter((pod) => !isEnding(pod)).length
  return limits.some((most) => pods >= most)
}
