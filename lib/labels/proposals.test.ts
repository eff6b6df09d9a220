import { describe, expect, it } from 'vitest'
import type { JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { ownAction, proposeLabel } from './own-action'
import { paperCode, paperLabel } from './paper-label'

function event(verb: string, requestURI: string, objectRef?: JsonObject) {
  return normaliseEvent({ auditID: 'a', verb, requestURI, ...(objectRef ? { objectRef } : {}) })
}

const pods = { resource: 'pods', namespace: 'n', apiVersion: 'v1' }

describe('paperLabel', () => {
  it('names the label of an ordinary event', () => {
    expect(paperCode(event('delete', '/apis/apps/v1/namespaces/n/replicasets/r', { resource: 'replicasets', namespace: 'n', name: 'r', apiGroup: 'apps', apiVersion: 'v1' }))).toBe(70048)
    expect(paperCode(event('watch', '/api/v1/pods?watch=true', { resource: 'pods', apiVersion: 'v1' }))).toBe(4176)
  })

  it('follows the rule step by step', () => {
    expect(paperCode(event('get', '/version'))).toBe(-1)
    expect(paperCode(event('get', '/healthz/etcd/x', pods))).toBe(-2)
    expect(paperCode(event('list', '/api/v1', pods))).toBe(-2)
    expect(paperCode(event('list', '/api/v1/namespaces/falco/pods', { ...pods, namespace: 'falco' }))).toBe(-2)
    expect(paperCode(event('list', '/api/v1/namespaces/n/pods', pods))).toBe(((1 << 8) | 0x10 | 3) << 4)
  })

  it('keeps the paper\'s oddities', () => {
    const namespace = event('delete', '/api/v1/namespaces/n', { resource: 'namespaces', namespace: 'n', name: 'n', apiVersion: 'v1' })
    expect(paperCode(namespace)).toBe(41376)
    expect(paperLabel(event('create', '/api/v1/namespaces/n/pods', pods))).toMatchObject({ label: { single: false } })
    const custom = event('list', '/apis/lab.example/v1/namespaces/n/widgets', { resource: 'widgets', namespace: 'n', apiGroup: 'lab.example', apiVersion: 'v1' })
    expect(paperLabel(custom)).toMatchObject({ label: { resource: 'externalcrd', namespaced: true } })
    expect(paperCode(custom)).toBe(2727984 + 256)
  })

  it.each([
    ['autoscaling/v1', event('create', '/apis/autoscaling/v1/namespaces/n/horizontalpodautoscalers', { resource: 'horizontalpodautoscalers', namespace: 'n', name: 'h', apiGroup: 'autoscaling', apiVersion: 'v1' })],
    ['flowcontrol v1', event('get', '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas/f', { resource: 'flowschemas', name: 'f', apiGroup: 'flowcontrol.apiserver.k8s.io', apiVersion: 'v1' })],
    ['pods/resize', event('patch', '/api/v1/namespaces/n/pods/p/resize', { ...pods, name: 'p', subresource: 'resize' })],
    ['a verb the row lacks', event('list', '/api/v1/namespaces/n/pods/p/eviction', { ...pods, name: 'p', subresource: 'eviction' })],
    ['a verb outside the eight', event('connect', '/api/v1/namespaces/n/pods/p', { ...pods, name: 'p' })],
  ])('does not know %s', (_, unknown) => {
    expect(paperCode(unknown)).toBe(-1)
  })

  it('checks verbs by pair', () => {
    // componentstatuses allow get and list alone, nodes/status patch and update: each stands for both.
    expect(paperLabel(event('update', '/api/v1/nodes/n/status', { resource: 'nodes', name: 'n', apiVersion: 'v1', subresource: 'status' })).kind).toBe('label')
    expect(paperLabel(event('update', '/api/v1/componentstatuses/c', { resource: 'componentstatuses', name: 'c', apiVersion: 'v1' })).kind).toBe('unknown')
  })
})

describe('ownAction', () => {
  it('follows the truth\'s convention', () => {
    expect(ownAction(event('delete', '/api/v1/namespaces/n', { resource: 'namespaces', namespace: 'n', name: 'n' }))).toMatchObject({ namespaced: false, single: true })
    expect(ownAction(event('create', '/api/v1/namespaces/n/pods', pods))).toMatchObject({ namespaced: true, single: true })
    expect(ownAction(event('deletecollection', '/api/v1/namespaces/n/pods', pods))).toMatchObject({ verb: 'delete', single: false })
  })

  it('knows what the paper does not', () => {
    const resize = proposeLabel(event('patch', '/api/v1/namespaces/n/pods/p/resize', { ...pods, name: 'p', subresource: 'resize' }))
    expect(resize).toMatchObject({ kind: 'label', source: 'table', served: true })
    const widget = proposeLabel(event('get', '/apis/lab.example/v1/widgets', { resource: 'widgets', apiGroup: 'lab.example' }))
    expect(widget).toMatchObject({ kind: 'label', source: 'custom', label: { group: 'lab.example', resource: 'widgets' } })
    const refused = proposeLabel(event('delete', '/api/v1/namespaces/n/pods/p/log', { ...pods, name: 'p', subresource: 'log' }))
    expect(refused).toMatchObject({ kind: 'label', served: false })
  })

  it('says why it cannot', () => {
    expect(proposeLabel(event('get', '/version'))).toEqual({ kind: 'ignore', reason: 'the request is for no API object (no objectRef)' })
    expect(proposeLabel(event('get', '/api/v1', { namespace: 'n' }))).toMatchObject({ kind: 'unknown', reason: 'objectRef names no resource' })
    expect(proposeLabel(event('proxy', '/api/v1/pods', pods))).toMatchObject({ kind: 'unknown', reason: '"proxy" is not a verb of API objects' })
    expect(ownAction(normaliseEvent({ objectRef: pods }))).toBeNull()
  })
})
