import type { StarterWatch } from '../watch'
import { DONE } from './pieces'

/** What is gone. */
export const IMPACT: readonly StarterWatch[] = [
  {
    name: 'Events deleted',
    description: 'Events are what the cluster tells of what happened. They expire by themselves: whoever deletes them has something to hide, or a script that is too thorough.',
    query: `resource == "events" and verb in ("delete", "deletecollection") and ${DONE}`,
    severity: 'high',
    references: ['Elastic: stealth_events_deleted', 'Sigma: kubernetes_audit_events_deleted', 'Threat matrix: Delete K8S events', 'ATT&CK T1070'],
  },
  {
    name: 'Namespace deleted',
    description: 'A namespace went, with everything in it. The context lists what that was.',
    query: `resource == "namespaces" and verb in ("delete", "deletecollection") and ${DONE}`,
    severity: 'low',
    references: ['Falco: K8s Namespace Deleted', 'Threat matrix: Data destruction', 'ATT&CK T1485'],
  },
  {
    name: 'Much deleted by one action',
    description: 'One action took more than 25 objects with it, apart from a namespace.',
    query: `verb in ("delete", "deletecollection") and resource != "namespaces" and count(verb in ("delete", "deletecollection") and ${DONE}) > 25`,
    severity: 'medium',
    references: ['Threat matrix: Data destruction', 'ATT&CK T1485'],
  },
  {
    name: 'Everything of a kind deleted',
    description: 'All objects of a kind in a namespace, or in the cluster, were deleted in one request.',
    query: `verb == "deletecollection" and resource not in ("events", "pods", "jobs") and not (requestURI contains "labelSelector=" or requestURI contains "fieldSelector=") and ${DONE}`,
    severity: 'medium',
    references: ['Threat matrix: Data destruction', 'ATT&CK T1485'],
  },
  {
    name: 'Volume deleted',
    description: 'A persistent volume, or a snapshot of one, was deleted by hand.',
    query: `resource in ("persistentvolumes", "volumesnapshots", "volumesnapshotcontents") and verb in ("delete", "deletecollection") and ${DONE}`,
    severity: 'medium',
    references: ['Threat matrix: Data destruction', 'ATT&CK T1485'],
  },
]
