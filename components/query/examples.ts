export interface Example {
  readonly title: string
  readonly text: string
}

/** The paper's three (its Table 7) ask for times of its own log; here they are told from the end of the log at hand. */
export const PAPER: readonly Example[] = [
  { title: 'By an administrator, or lately', text: 'username == "kubernetes-admin" or stagetimestamp >= now - 10m' },
  { title: 'By an administrator in a namespace, or in a stretch of time', text: '(username == "kubernetes-admin" and exists(namespace)) or now - 10m <= stagetimestamp <= now - 5m' },
  { title: 'By an administrator in a namespace, or by a controller in a stretch of time', text: '(username == "kubernetes-admin" and exists(namespace)) or (username == regexp(".*controller.*") and now - 10m <= stagetimestamp <= now - 5m)' },
]

export const HARDER: readonly Example[] = [
  { title: 'Deleted more than ten pods', text: 'verb == "delete" and count(resource == "pods") > 10' },
  { title: 'Was refused anything on the way', text: 'any(code == 403)' },
  { title: 'A shell, a port or a proxy into a pod', text: 'subresource in [exec, attach, portforward, proxy]' },
  { title: 'Granted cluster-admin', text: 'requestObject.roleRef.name == "cluster-admin"' },
  { title: 'A privileged container', text: 'any(requestObject.spec.containers[*].securityContext.privileged == true)' },
  { title: 'Somebody else deleted for them', text: 'any(username != context.trigger.user and verb == "delete")' },
  { title: 'Large and quick', text: 'size > 10 and duration < 5s' },
  { title: 'Everything in it succeeded', text: 'size >= 5 and all(code < 300)' },
  { title: 'As many pods made as deleted', text: 'count(resource == "pods" and verb == "create") == count(resource == "pods" and verb == "delete") and count(resource == "pods") > 0' },
  { title: 'A client other than kubectl, whatever the case', text: 'not (userAgent contains~ "KUBECTL") and verb not in [get, list, watch]' },
  { title: 'Slow requests', text: 'latency > 1s or completionTime > requestTime + 500ms' },
]
