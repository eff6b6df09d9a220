/**
 * What joins two requests, in a reader's words, by the name on a link: a rule's id, or the relation that led to the object. Each goes on with the
 * trigger: `same object as "create pods shop/cart"`.
 */
const WORDS: Readonly<Record<string, string>> = {
  'own-object': 'same object as',
  'involved-object': 'reports on the object of',
  'node-lifecycle': 'node controllers answer',
  'autoscaler-target': 'the autoscaler scales the target of',
  'aggregated-role': 'a ClusterRole is filled in anew after',
  'selected-pods': 'a budget recounts the pods of',
  'pods-of-node': 'pods go with their node after',
  'bound-object': 'made for the pod that starts after',
  'pod-fetch': 'the kubelet fetches what the pod needs, started by',
  'pod-reference': 'the kubelet reads what its pod uses, started by',
  'pod-token': 'the kubelet asks for the token of the pod started by',
  'same-application': 'same application as',
  'namespace-deletion': 'its namespace is emptied after',
  'event-series': 'the Event happens again, first after',
  'event-name': 'the Event bears the name of the object of',
  definition: 'informers start for the kind defined by',
  'namespace-creation': 'default objects of the namespace made by',
  'nested-lookup': 'looked up while the API server serves',
  'nested-address': 'an address given while the API server serves',
  'pod-start': 'read when the pod starts, after',
  'same-worker': 'its controller was at work on',
  network: 'the model sees what follows from',
  k8ntext: 'the paper\'s clusterer puts it with',
  owner: 'owned by what was changed by',
  involved: 'reports on the object of',
  related: 'reports on what is related to the object of',
  bound: 'bound to the object of',
  claim: 'belongs to the claim of',
  volume: 'belongs to the volume of',
  uses: 'used by the object of',
  node: 'on the node of',
  service: 'serves the Service of',
  backend: 'a backend of what was changed by',
  target: 'targets the object of',
  template: 'made from the template of',
  parent: 'part of the object of',
  establishes: 'establishes the kind defined by',
  account: 'for the service account of',
  'generated-name': 'bears a name generated from the object of',
}

/** The words of a link's rule; the rule's own name where it has none. */
export function ruleWords(rule: string): string {
  return Object.hasOwn(WORDS, rule) ? (WORDS[rule] as string) : `${rule} after`
}
