import { describe, expect, it } from 'vitest'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { Scenario, type Request } from '@/lib/contexts/testing/scenario'

const HELM = 'Helm/3.19.0'

function commandsOf(requests: readonly Omit<Request, 'cause'>[]): (string | null | undefined)[] {
  const log = new Scenario('command')
  for (const request of requests) log.send({ ...request, cause: 'self' })
  const { contexts } = reconstruct(log.events.map((event) => extractFacts(event)))
  const names = new Map<string, string>()
  return contexts.map(({ command }) => (command ? names.get(command) ?? names.set(command, String.fromCharCode(97 + names.size)).get(command) : command))
}

const apply = (resource: string, name: string, more: Partial<Request> = {}): Omit<Request, 'cause'>[] => [
  { verb: 'get', resource, namespace: 'shop', name, ...more },
  { verb: 'create', resource, namespace: 'shop', name, after: 5, uri: `/api/v1/namespaces/shop/${resource}?fieldManager=kubectl-client-side-apply`, ...(more.user ? { user: more.user } : {}) },
]

describe('groupCommands', () => {
  it('joins what kubectl apply of a list made, and parts the next invocation', () => {
    expect(commandsOf([...apply('services', 'web'), ...apply('configmaps', 'web'), ...apply('secrets', 'web', { after: 70 })])).toEqual(['a', 'a', 'a', 'a', 'b', 'b'])
  })

  it('keeps users apart who act at the same time, and leaves single requests alone', () => {
    expect(commandsOf([{ verb: 'list', resource: 'pods', user: 'bob' }, ...apply('services', 'web'), { verb: 'list', resource: 'pods', user: 'carol' }])).toEqual([null, 'a', 'a', null])
  })

  it('takes requests side by side for two invocations of kubectl, but one of Helm', () => {
    const pair = (agent: string): Omit<Request, 'cause'>[] => ['a', 'b'].map((name) => ({ verb: 'create', resource: 'configmaps', namespace: 'shop', name, agent, takes: 30 }))
    expect(commandsOf(pair('kubectl/v1.34.0'))).toEqual([null, null])
    expect(commandsOf(pair(HELM))).toEqual(['a', 'a'])
  })

  it('waits with Helm for its hooks until the release is written, and begins anew for the next operation', () => {
    const record = (verb: string, version: number, after = 5): Omit<Request, 'cause'> => ({ verb, resource: 'secrets', namespace: 'shop', name: `sh.helm.release.v1.web.v${version}`, agent: HELM, after })
    const job = { verb: 'create', group: 'batch', resource: 'jobs', namespace: 'shop', name: 'web-hook', agent: HELM }
    expect(commandsOf([record('create', 1), job, { ...job, verb: 'get', after: 2000 }, record('update', 1, 1500), record('create', 2, 900), { ...job, verb: 'delete' }])).toEqual(['a', 'a', 'a', 'a', 'b', 'b'])
  })

  it('lets a write follow its read after a while, by the same manager alone', () => {
    const read = { verb: 'get', resource: 'configmaps', namespace: 'shop', name: 'c' }
    const write = { ...read, verb: 'patch', after: 120 }
    expect(commandsOf([read, { ...write, uri: '/x?fieldManager=kubectl-edit' }])).toEqual(['a', 'a'])
    expect(commandsOf([read, write])).toEqual([null, null])
  })

  it('has none for agents that never end, but for a pipeline that runs kubectl', () => {
    const burst = (agent: string): Omit<Request, 'cause'>[] => ['a', 'b'].map((name) => ({ user: 'system:serviceaccount:ci:robot', verb: 'create', resource: 'configmaps', namespace: 'shop', name, agent }))
    expect(commandsOf(burst('argocd-application-controller/v3.2.1'))).toEqual([null, null])
    expect(commandsOf(burst('kubectl/v1.34.0'))).toEqual(['a', 'a'])
  })

  it('is the same on every run and changes no context', () => {
    const log = new Scenario('command')
    for (const request of apply('services', 'web')) log.send({ ...request, cause: 'self' })
    const facts = log.events.map((event) => extractFacts(event))
    expect(reconstruct(facts.toReversed())).toEqual(reconstruct(facts))
    expect(reconstruct(facts).contexts.map(({ command }) => command)).toEqual([expect.stringMatching(/^cmd-[0-9a-f]{16}$/), expect.any(String)])
  })
})
