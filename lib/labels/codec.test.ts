import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeLabel, encodeLabel, makeLabel, packCode, unpackCode } from './codec'
import { LabelRegistry } from './registry'
import { PAPER_TABLE, RESOURCE_TABLE, labelSpaceSize, verbClassesOf } from './resource-table'
import { RESOURCE_VERBS, VERB_CLASSES } from './verbs'

const label = (group: string, resource: string, subresource: string, verb: string, namespaced: boolean, single: boolean) => ({ group, resource, subresource, verb, namespaced, single })

describe('the paper\'s integers', () => {
  it.each([
    [70048, label('apps', 'replicasets', '', 'delete', true, true)],
    [119232, label('coordination.k8s.io', 'leases', '', 'update', true, true)],
    [118976, label('coordination.k8s.io', 'leases', '', 'patch', false, true)],
    [61632, label('', 'nodes', '', 'patch', false, true)],
    [61616, label('', 'nodes', '', 'get', false, true)],
    [17808, label('', 'serviceaccounts', 'token', 'create', true, true)],
    [41376, label('', 'namespaces', '', 'delete', true, true)],
    [4176, label('', 'pods', '', 'watch', false, false)],
    [4496, label('', 'pods', '', 'create', true, true)],
    [5009, label('', 'pods', 'eviction', 'create', true, true)],
    [3276944, label('apiregistration.k8s.io', 'apiservices', '', 'create', false, true)],
    [2727984, label('unknown.fbk.eu', 'externalcrd', '', 'list', false, false)],
  ])('%i', (code, parts) => {
    expect(encodeLabel(parts)).toBe(code)
    expect(decodeLabel(code)).toEqual(makeLabel(parts))
  })

  it('fit 22 bits, and span 1356 labels over 98 rows and 58 ids', () => {
    expect(PAPER_TABLE).toHaveLength(98)
    expect(new Set(PAPER_TABLE.map((entry) => entry.id)).size).toBe(58)
    expect(labelSpaceSize(PAPER_TABLE)).toBe(1356)
    const highest = Math.max(...PAPER_TABLE.map((entry) => packCode({ id: entry.id, sub: entry.sub, namespaced: true, single: true, verb: 5 })))
    expect(highest).toBeLessThan(2 ** 22)
  })

  it('put sub ids of 8 and more into the alternate nibble', () => {
    expect(packCode({ id: 1, sub: 9, namespaced: true, single: true, verb: 1 }) & 15).toBe(1)
    expect(unpackCode(5009)).toEqual({ id: 1, sub: 9, namespaced: true, single: true, verb: 1 })
  })
})

describe('the codec', () => {
  const flags = [false, true]

  it('gives every label of the table a code of its own, and takes it back', () => {
    const seen = new Set<number>()
    let labels = 0
    for (const entry of RESOURCE_TABLE) {
      for (const verb of VERB_CLASSES) for (const namespaced of flags) for (const single of flags) {
        const made = makeLabel(label(entry.group, entry.resource, entry.subresource, verb, namespaced, single))
        expect(decodeLabel(made.code)).toEqual(made)
        seen.add(made.code)
        labels++
      }
    }
    expect(seen.size).toBe(labels)
    expect(labels).toBe(RESOURCE_TABLE.length * 20)
  })

  it('reduces verbs to their class', () => {
    for (const verb of RESOURCE_VERBS) expect(VERB_CLASSES).toContain(makeLabel(label('', 'pods', '', verb, true, true)).verb)
    expect(encodeLabel(label('', 'pods', '', 'list', true, false))).toBe(encodeLabel(label('', 'pods', '', 'get', true, false)))
    expect(() => encodeLabel(label('', 'pods', '', 'connect', true, true))).toThrowError(/No label has the verb "connect"/)
  })

  it('packs and unpacks any five numbers', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 41 - 1 }), fc.integer({ min: 0, max: 127 }), fc.boolean(), fc.boolean(), fc.integer({ min: 0, max: 7 }), (id, sub, namespaced, single, verb) => {
      const code = packCode({ id, sub, namespaced, single, verb })
      expect(Number.isSafeInteger(code)).toBe(true)
      expect(unpackCode(code)).toEqual({ id, sub, namespaced, single, verb })
    }))
  })

  it('decodes nothing that is no label', () => {
    for (const code of [-1, -2, -3, 0, 1.5, Number.NaN, 2 ** 53, 4496 - 16, 4496 + 5 * 16, 500 * 4096 + 16]) expect(decodeLabel(code)).toBeNull()
  })
})

describe('resources outside the table', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,30}$/)
  const subresource = fc.oneof(fc.constantFrom('', 'status', 'scale', 'console'), fc.string({ maxLength: 8 }))
  const custom = fc.record({ group: fc.oneof(name, fc.string({ maxLength: 12 })), resource: name, subresource, verb: fc.constantFrom(...RESOURCE_VERBS), namespaced: fc.boolean(), single: fc.boolean() })

  it('come back from their code through the registry, whatever their names', () => {
    fc.assert(fc.property(fc.array(custom, { maxLength: 20 }), (all) => {
      const registry = new LabelRegistry()
      const made = all.map((parts) => makeLabel(parts, registry))
      for (const one of made) expect(decodeLabel(one.code, registry)).toEqual(one)
      // Equal codes mean equal parts: nothing shares a bucket.
      const parts = new Map(made.map((one) => [one.code, JSON.stringify(one)]))
      for (const one of made) expect(parts.get(one.code)).toBe(JSON.stringify(one))
    }))
  })

  it('have an id each, above the table\'s, and the same without a registry', () => {
    const registry = new LabelRegistry()
    const gadget = label('lab.example', 'gadgets', '', 'create', true, true)
    expect(encodeLabel(gadget, registry)).toBe(encodeLabel(gadget))
    expect(encodeLabel(gadget)).not.toBe(encodeLabel({ ...gadget, group: 'other.example' }))
    expect(encodeLabel(gadget)).not.toBe(encodeLabel({ ...gadget, resource: 'widgets' }))
    expect(unpackCode(encodeLabel(gadget)).id).toBeGreaterThan(Math.max(...RESOURCE_TABLE.map((entry) => entry.id)))
    expect(unpackCode(encodeLabel({ ...gadget, subresource: 'status' }))).toMatchObject({ id: unpackCode(encodeLabel(gadget)).id, sub: 1 })
    expect(decodeLabel(encodeLabel(gadget))).toBeNull()
  })

  it('keep their ids for ever: a code in a shipped file must decode', () => {
    expect(encodeLabel(label('lab.example', 'widgets', '', 'create', true, true))).toBe(5089793702310288)
  })

  it('include sub-resources that the table does not list', () => {
    const registry = new LabelRegistry()
    const made = makeLabel(label('', 'pods', 'teleport', 'create', true, true), registry)
    expect(decodeLabel(made.code, registry)).toEqual(made)
    expect(made.code).not.toBe(encodeLabel(label('', 'pods', '', 'create', true, true)))
  })
})

describe('older groups and versions', () => {
  it.each([
    ['extensions', 'deployments', 'apps'],
    ['extensions', 'ingresses', 'networking.k8s.io'],
    ['extensions', 'podsecuritypolicies', 'policy'],
  ])('%s/%s is the same label as in %s', (old, resource, now) => {
    expect(makeLabel(label(old, resource, '', 'create', true, true))).toEqual(makeLabel(label(now, resource, '', 'create', true, true)))
  })

  it('every row allows a verb', () => {
    for (const entry of RESOURCE_TABLE) expect(verbClassesOf(entry).length).toBeGreaterThan(0)
  })
})
