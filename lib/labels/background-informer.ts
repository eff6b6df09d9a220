import type { AuditEvent } from '@/lib/audit/event'
import type { BackgroundRule } from './background-rule'
import { APISERVER, CONTROLLER_MANAGER, NODE_PREFIX, SCHEDULER, SYSTEM_ACCOUNT, componentRule } from './component-rule'
import { isExternalUser } from './external-user'
import { findEntry } from './resource-table'

const WHOLE_KIND = { names: [''], namespaces: [''] } as const

const isBuiltIn = (event: AuditEvent) => {
  const ref = event.objectRef
  return ref !== null && findEntry(ref.apiGroup, ref.resource ?? '', ref.subresource ?? '') !== null
}

const DISCOVERY: BackgroundRule = {
  id: 'component-discovery',
  reason: 'A component asks for what the API server serves, or for its health: no API object',
  certainty: 'always',
  applies: (event) => event.objectRef === null && !isExternalUser(event),
}

/** Caches that every component keeps filled: whole kinds listed and watched, fixed objects watched. */
export const INFORMER_RULES: readonly BackgroundRule[] = [
  DISCOVERY,
  componentRule('informer-watch', 'A component watches a whole kind to keep its cache', [{ ...WHOLE_KIND, verbs: ['watch'] }], { and: isBuiltIn }),
  componentRule(
    'informer-list',
    'A core component lists a whole kind to fill its cache or to check it',
    [
      { ...WHOLE_KIND, users: [APISERVER, CONTROLLER_MANAGER, SCHEDULER], verbs: ['list'] },
      { ...WHOLE_KIND, userPrefix: NODE_PREFIX, verbs: ['list'] },
    ],
    { and: isBuiltIn },
  ),
  componentRule(
    'informer-node-objects',
    'A kubelet watches its own node or the pods bound to it',
    [{ userPrefix: NODE_PREFIX, groups: [''], resources: ['nodes'], verbs: ['list', 'watch'] }],
  ),
  componentRule('informer-custom', 'A component lists or watches a custom kind', [{ ...WHOLE_KIND, verbs: ['list', 'watch'] }], {
    certainty: 'unless-linked',
    and: (event) => !isBuiltIn(event),
    note: 'Begins when the kind is defined, so the first of them follow whoever defined it.',
  }),
  componentRule('controller-list', 'A controller lists a whole kind', [{ ...WHOLE_KIND, userPrefix: SYSTEM_ACCOUNT, verbs: ['list'] }], { certainty: 'unless-linked' }),
  componentRule(
    'authentication-config',
    'A component reads the ConfigMap that says how the API server authenticates front proxies',
    [{ groups: [''], resources: ['configmaps'], namespaces: ['kube-system'], names: ['extension-apiserver-authentication'], verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'] }],
  ),
  componentRule('apiserver-system-watch', 'The API server watches its own objects in kube-system', [
    { users: [APISERVER], namespaces: ['kube-system'], names: [''], resources: ['configmaps', 'leases', 'secrets'], verbs: ['list', 'watch'] },
  ]),
  componentRule('pvc-protection-list', 'The claim-protection controller looks for pods that use a claim', [
    { users: [`${SYSTEM_ACCOUNT}pvc-protection-controller`], groups: [''], resources: ['pods'], names: [''], verbs: ['list'] },
  ], { certainty: 'unless-linked' }),
]
