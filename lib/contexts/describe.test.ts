import { describe, expect, it } from 'vitest'
import { describeContext, describeLink } from '@/lib/contexts/describe'
import { RULES } from '@/lib/contexts/rules/table'
import type { ContextRecord, TriggerObjectRef } from '@/lib/contexts/types'

function context(verb: string, objectRef: Partial<TriggerObjectRef>, events = 1, user: string | null = 'alice'): ContextRecord {
  const ref = { group: 'apps', resource: 'deployments', subresource: null, namespace: 'shop', name: 'web', ...objectRef }
  return { id: 'ctx-1', label: null, events, first: null, last: null, members: [], trigger: { auditID: 'a', requestReceivedTimestamp: null, user, verb, objectRef: ref } }
}

describe('describeContext', () => {
  it('says who did what', () => {
    expect(describeContext(context('create', {}))).toBe('alice created deployment shop/web; nothing followed.')
    expect(describeContext(context('get', { resource: 'namespaces', namespace: null, name: 'x' }))).toBe('alice read namespace x; nothing followed.')
    expect(describeContext(context('list', { resource: 'networkpolicies', name: null }, 1, null))).toBe('An unknown user listed networkpolicies in shop; nothing followed.')
    expect(describeContext(context('create', { resource: 'pods', subresource: 'exec' }))).toBe('alice created pod (exec) shop/web; nothing followed.')
    expect(describeContext(context('constructor', { resource: 'ingresses' }))).toBe('alice sent constructor for ingress shop/web; nothing followed.')
  })

  it('counts what followed, most frequent first', () => {
    const one = { verb: 'patch', resource: 'pods', subresource: 'status' }
    const following = [one, one, { ...one, verb: 'get', subresource: '' }, { ...one, verb: 'create', resource: 'events', subresource: '' }, { ...one, verb: 'watch', subresource: '' }]
    expect(describeContext(context('create', {}, 6), following)).toBe('alice created deployment shop/web; 5 events followed: 2 × patch pods/status, 1 × create events, 1 × get pods, 1 more.')
    expect(describeContext(context('create', {}, 2))).toBe('alice created deployment shop/web; 1 event followed.')
  })

  it('shows hostile names as they are, and not at any length', () => {
    const text = describeContext(context('create', { name: `\u001b[31m\u202e${'x'.repeat(1_000_000)}` }))
    expect(text).toContain(String.raw`\u001b[31m\u202e`)
    expect(text.length).toBeLessThan(300)
  })
})

describe('describeLink', () => {
  it('says why in words', () => {
    expect(describeLink({ rule: 'owner', key: 'replicasets shop/web-7d', to: 'a', score: 0.99 })).toBe('It acts on something owned by replicasets shop/web-7d (owner, certain to 99 %).')
    expect(describeLink({ rule: 'constructor', key: 'k', to: 'a', score: 0.5 })).toBe('It is linked by k (constructor, certain to 50 %).')
  })

  it('has words for every rule of the table', () => {
    for (const { id } of RULES) expect(describeLink({ rule: id === 'pod-token' ? 'pod-start' : id, key: 'k', to: 'a', score: 1 }), id).not.toContain('is linked by')
  })
})
