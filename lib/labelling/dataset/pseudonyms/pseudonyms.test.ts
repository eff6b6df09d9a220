import { describe, expect, it } from 'vitest'
import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { readAudit } from '@/lib/audit/read'
import { openSource } from '@/lib/audit/source.node.ts'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { Coder } from './coder'
import { hmac, readKey } from './hmac.node.ts'
import { Pseudonymiser } from './pseudonymise'

const KEY = 'a key that nobody guesses'

async function read(file: string, most: number): Promise<AuditEvent[]> {
  const events: AuditEvent[] = []
  for await (const batch of readAudit(openSource(file)).events) {
    events.push(...batch)
    if (events.length >= most) break
  }
  return events
}

function pseudonymised(events: readonly AuditEvent[], key = KEY): { made: AuditEvent[]; words: ReadonlySet<string>; pseudonymiser: Pseudonymiser } {
  const pseudonymiser = new Pseudonymiser(hmac(key))
  for (const event of events) pseudonymiser.learn(event)
  return { made: events.map((event) => pseudonymiser.event(event)), words: pseudonymiser.words, pseudonymiser }
}

function one(raw: JsonObject): AuditEvent {
  return pseudonymised([normaliseEvent({ auditID: 'a', ...raw })]).made[0] as AuditEvent
}

/** What linking says of every request, names apart. */
function linked(events: readonly AuditEvent[]): Map<string, string> {
  const { records } = reconstruct(events.map((event) => extractFacts(event)))
  return new Map(records.map(({ auditID, stage, role, context, label, links }) => [`${auditID} ${stage ?? ''}`, JSON.stringify([role, context, label, links.map(({ rule, to, score }) => [rule, to, score])])]))
}

describe.each([['incidents-a', 'datasets/incidents-a/audit.jsonl.gz', 2500], ['lab-a', 'datasets/lab-a/audit.jsonl.gz', 2000]])('%s', (_, file, most) => {
  it('has the same contexts, roles, labels and links under pseudonyms, and none of its names', async () => {
    const events = await read(file, most)
    const { made } = pseudonymised(events)
    expect(linked(made)).toEqual(linked(events))
    const names = new Set(events.flatMap(({ user, objectRef }) => [user?.username, objectRef?.namespace, objectRef?.resource === 'customresourcedefinitions' || objectRef?.resource === 'apiservices' ? null : objectRef?.name]))
    // Names with a digit and a letter in one part belong to nobody else: no word of the API looks so.
    const telling = [...names].flatMap((name) => (name?.startsWith('system:') ? [] : name?.match(/[a-z]+\d[a-z0-9]*/g) ?? [])).filter((word) => !Coder.isCommon(word) && word.length > 4)
    expect(telling.length).toBeGreaterThan(100)
    const words = new Set(made.flatMap((event) => JSON.stringify({ ...event, auditID: '' }).match(/[a-z0-9]+/gi) ?? []))
    const leaked = [...new Set(telling)].filter((word) => words.has(word))
    expect(leaked).toEqual([])
  })
})

describe('pseudonyms', () => {
  it('are the same in every place, and those of composed names are composed', () => {
    const event = one({
      verb: 'create', requestURI: '/api/v1/namespaces/payments/pods/ledger-7f9c8d-x2x4z/exec?command=psql&container=ledger&labelSelector=team%3Dpayments%2Capp+in+%28ledger%29&fieldSelector=spec.nodeName%3Dworker-17',
      user: { username: 'alice@corp.com', groups: ['finance', 'system:authenticated', 'system:serviceaccounts:payments'] }, sourceIPs: ['10.20.30.40'], userAgent: 'kubectl/v1.32.0 (linux/amd64) kubernetes/abc',
      objectRef: { resource: 'pods', namespace: 'payments', name: 'ledger-7f9c8d-x2x4z', subresource: 'exec' },
      responseObject: {
        kind: 'Pod', apiVersion: 'v1', metadata: { name: 'ledger-7f9c8d-x2x4z', generateName: 'ledger-7f9c8d-', namespace: 'payments', labels: { team: 'payments', app: 'ledger' }, ownerReferences: [{ kind: 'ReplicaSet', name: 'ledger-7f9c8d', uid: '742aa8db-b942-4a5a-9878-d6e53421ccd5' }] },
        spec: { nodeName: 'worker-17', containers: [{ name: 'ledger', image: 'registry.corp.com/bank/ledger:2.3', args: ['--db=db.corp.com'] }] }, status: { phase: 'Running', podIP: '10.20.30.41', message: 'ledger-7f9c8d-x2x4z is on worker-17' },
      },
      annotations: { 'authorization.k8s.io/reason': 'allowed by RoleBinding "ledger/payments" to User "alice@corp.com"', 'corp.com/ticket': 'asked by bob', 'last-applied': '{"kind":"Pod","metadata":{"name":"ledger"}}' },
    })
    const pod = event.objectRef?.name ?? ''
    const [ledger = '', hash = '', suffix = ''] = pod.split('-')
    const namespace = event.objectRef?.namespace ?? ''
    const body = event.responseObject as { metadata: { name: string; generateName: string; labels: JsonObject; ownerReferences: { name: string; kind: string; uid: string }[] }; spec: { nodeName: string; containers: { image: string; args: string[] }[] }; status: { phase: string; podIP: string; message: string } }
    expect(body.metadata).toMatchObject({ name: pod, generateName: `${ledger}-${hash}-`, labels: { team: namespace, app: ledger }, ownerReferences: [{ kind: 'ReplicaSet', name: `${ledger}-${hash}`, uid: '742aa8db-b942-4a5a-9878-d6e53421ccd5' }] })
    expect(event.requestURI).toBe(`/api/v1/namespaces/${namespace}/pods/${ledger}-${hash}-${suffix}/exec?command=psql&container=${ledger}&labelSelector=${encodeURIComponent(`team=${namespace},app in (${ledger})`)}&fieldSelector=${encodeURIComponent(`spec.nodeName=${body.spec.nodeName}`)}`)
    expect(event.user?.groups.slice(1)).toEqual(['system:authenticated', `system:serviceaccounts:${namespace}`])
    expect(body.status).toMatchObject({ phase: 'Running', message: `${pod} is on ${body.spec.nodeName}` })
    expect(body.status.podIP.split('.').slice(0, 3)).toEqual(event.sourceIPs[0]?.split('.').slice(0, 3))
    expect(event.userAgent).toBe('kubectl/v1.32.0 (linux/amd64) kubernetes/abc')
    expect(JSON.stringify(event)).not.toMatch(/payments|ledger|alice|bob|corp|finance|worker|bank|10\.20\.30|7f9c8d/)
    expect(event.annotations?.['authorization.k8s.io/reason']).toContain(`"${ledger}/${namespace}" to User "${event.user?.username ?? ''}"`)
  })

  it('leave what components are told by', () => {
    const event = one({
      user: { username: 'system:serviceaccount:kube-system:replicaset-controller', groups: ['system:serviceaccounts:kube-system'] }, userAgent: 'kube-controller-manager/v1.37.2 (linux/amd64) kubernetes/a1/system:serviceaccount:kube-system:replicaset-controller',
      objectRef: { resource: 'configmaps', namespace: 'kube-system', name: 'kube-root-ca.crt' }, sourceIPs: ['127.0.0.1', '::1'], requestURI: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gizmos.lab.example',
      responseObject: { kind: 'CustomResourceDefinition', apiVersion: 'apiextensions.k8s.io/v1', metadata: { name: 'gizmos.lab.example' }, spec: { group: 'lab.example', names: { plural: 'gizmos', kind: 'Gizmo' }, versions: [{ name: 'v1beta1' }] } },
    })
    expect(event).toMatchObject({
      user: { username: 'system:serviceaccount:kube-system:replicaset-controller', groups: ['system:serviceaccounts:kube-system'] }, userAgent: 'kube-controller-manager/v1.37.2 (linux/amd64) kubernetes/a1/system:serviceaccount:kube-system:replicaset-controller',
      objectRef: { namespace: 'kube-system', name: 'kube-root-ca.crt' }, sourceIPs: ['127.0.0.1', '::1'], requestURI: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gizmos.lab.example',
      responseObject: { metadata: { name: 'gizmos.lab.example' }, spec: { group: 'lab.example', names: { plural: 'gizmos', kind: 'Gizmo' }, versions: [{ name: 'v1beta1' }] } },
    })
  })

  it.each([
    ['a node', { user: { username: 'system:node:rack4-blade9' } }, /rack4|blade9/],
    ['a browser\'s machine', { userAgent: 'acme/1.0 (build; host=desk7x)' }, /desk7x/],
    ['a host in a URL', { requestURI: '/version?from=https://user1@vault.corp.com:8200/x' }, /vault|corp|user1/],
    ['an address of IPv6', { sourceIPs: ['fd00:1234::5'] }, /1234/],
    ['a cloud\'s machine', { objectRef: { resource: 'nodes', name: 'ip-10-9-8-7.internal' } }, /10-9-8-7/],
    ['a certificate', { requestObject: { kind: 'CertificateSigningRequest', spec: { request: `LS0tLS1CRUdJTiB${'DRVJUSUZJQ0FUb3ZpZTE5'.repeat(8)}==` } } }, /DRVJUSUZJ/],
    ['what a custom resource says', { requestObject: { kind: 'Bank', apiVersion: 'corp.example/v1', spec: { owner: 'carlos47' } } }, /carlos47/],
    ['a ConfigMap\'s values', { requestObject: { kind: 'ConfigMap', data: { motd: 'ask dora88' } } }, /dora88/],
    ['a label\'s key in managedFields', { requestObject: { metadata: { name: 'tom_x55', managedFields: [{ fieldsV1: { 'f:metadata': { 'f:labels': { 'f:x55': {} } }, 'k:{"name":"x55"}': {} } }] } } }, /x55/],
    ['a JSON patch', { requestObject: [{ op: 'add', path: '/metadata/labels/who', value: { name: 'eve99x' } }] }, /eve99x/],
    ['a key that is like one of JavaScript\'s', JSON.parse('{"requestObject":{"metadata":{"labels":{"__proto__":"mallory66"}}}}') as JsonObject, /mallory66/],
  ])('hide %s', (_, raw, hidden) => {
    expect(JSON.stringify(normaliseEvent({ auditID: 'a', ...raw }))).toMatch(hidden)
    expect(JSON.stringify(one(raw))).not.toMatch(hidden)
  })

  it('are others under another key, and the same in another log', () => {
    const event = normaliseEvent({ auditID: 'a', user: { username: 'alice' } })
    const name = pseudonymised([event]).made[0]?.user?.username
    expect(pseudonymised([normaliseEvent({ auditID: 'b', user: { username: 'bob' } }), event]).made[1]?.user?.username).toBe(name)
    expect(pseudonymised([event], 'another key of some length').made[0]?.user?.username).not.toBe(name)
  })

  it('keep networks together and their widths', () => {
    const coder = new Coder(hmac(KEY))
    const [a, b, c] = [coder.address([10, 1, 2, 3]), coder.address([10, 1, 2, 200]), coder.address([10, 1, 99, 3])]
    expect(a.slice(0, 3)).toEqual(b.slice(0, 3))
    expect(a.slice(0, 2)).toEqual(c.slice(0, 2))
    expect(a[3]).not.toBe(b[3])
    expect(one({ requestObject: { cidr: '10.96.0.0/16' } }).requestObject).toMatchObject({ cidr: expect.stringMatching(/^\d+\.\d+\.0\.0\/16$/) as string })
  })

  it('rename contexts, which may be called by what they are about', () => {
    const { pseudonymiser } = pseudonymised([])
    const made = pseudonymiser.labelling({ role: 'trigger', context: 'alice-creates-ledger', label: null })
    expect(made.context).toMatch(/^c-[a-z0-9]{10}$/)
    expect(pseudonymiser.labelling({ role: 'background', context: null, label: null }).context).toBeNull()
  })
})

describe('keys', () => {
  it('come from a file or the environment, and not too short', async () => {
    expect(() => hmac('short')).toThrow(expect.objectContaining({ code: 'bad-key' }))
    await expect(readKey({}, {})).rejects.toThrow(expect.objectContaining({ code: 'no-key' }))
    await expect(readKey({ file: '/nowhere/key' })).rejects.toThrow(expect.objectContaining({ code: 'no-key' }))
    const hash = await readKey({ variable: 'X' }, { X: `${KEY}\n` })
    expect(hash('a')).toEqual(hmac(KEY)('a'))
  })
})
