import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeLabel, makeLabel } from '@/lib/labels/codec'
import { VERB_CLASSES } from '@/lib/labels/verbs'
import { allLabels } from './all-labels'
import { findable, findLabels } from './find-labels'
import { singular } from './kind-words'

const widgets = { group: 'acme.io', resource: 'widgets', subresource: '', namespaced: true }
const labels = allLabels([widgets])
const index = findable(labels)
const first = (text: string): string => { const [label] = findLabels(index, text, 1); return label ? `${label.verb} ${label.resource}${label.subresource ? `/${label.subresource}` : ''}` : '' }
const anyLabel = fc.constantFrom(...labels)
const word = fc.constantFrom('pods', 'create', 'list', 'dep', 'exec', 'sc', 'svc', '65', 'widget', 'apps', 'zz', 'x')

describe('finding a label', () => {
  test('by verb, resource, part, kind, short name, however they are mixed', () => {
    expect(['create pods', 'pods create', 'exec pod create', 'list cm', 'update deploy scale', 'delete netpol', 'hpa', 'patch sts', 'get pods/log', 'widget delete', 'crd create', 'Deployment create'].map(first)).toEqual([
      'create pods', 'create pods', 'create pods/exec', 'get configmaps', 'patch deployments/scale', 'delete networkpolicies', 'create horizontalpodautoscalers', 'patch statefulsets', 'get pods/log', 'delete widgets', 'create customresourcedefinitions', 'create deployments',
    ])
  })

  test('by its integer, whatever the resource', () => {
    fc.assert(fc.property(anyLabel, (label) => { expect(findLabels(index, String(label.code), 5)[0]).toEqual(label) }))
    // Not in the list, as nobody serves it; its integer says what it is all the same.
    const odd = makeLabel({ group: '', resource: 'pods', subresource: 'log', verb: 'delete', namespaced: false, single: false })
    expect(labels.some(({ code }) => code === odd.code)).toBe(false)
    expect(findLabels(index, String(odd.code), 3)[0]).toEqual(decodeLabel(odd.code))
  })

  test('by its own words: none but labels of the same words stand before it', () => {
    fc.assert(fc.property(anyLabel, (label) => {
      const found = findLabels(index, `${label.verb} ${label.resource}/${label.subresource} ${label.group}`, labels.length)
      const place = found.findIndex(({ code }) => code === label.code)
      expect(place).toBeGreaterThanOrEqual(0)
      expect(found.slice(0, place).filter((one) => one.resource !== label.resource && one.verb !== label.verb)).toEqual([])
    }), { numRuns: 60 })
  })

  test('a further word never finds more, and the order of words says nothing', () => {
    const codes = (text: string): number[] => findLabels(index, text, labels.length).map(({ code }) => code)
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), word, (typed, more) => {
      fc.pre(typed.some((one) => !/^\d+$/.test(one)))
      const before = new Set(codes(typed.join(' ')))
      expect(codes([...typed, more].join(' ')).every((code) => before.has(code))).toBe(true)
      expect(codes([...typed, more].join(' '))).toEqual(codes([more, ...typed].join(' ')))
    }), { numRuns: 40 })
  })

  test('what is in use comes first among those that fit alike, and nothing odd breaks it', () => {
    const used = labels.find((label) => label.resource === 'secrets' && label.verb === 'get' && label.single && label.namespaced)
    expect(findLabels(findable(labels, new Map([[used?.code ?? 0, 5]])), 'secrets', 1)).toEqual([used])
    expect(findLabels(index, '', 7)).toHaveLength(7)
    fc.assert(fc.property(fc.string({ maxLength: 30 }), (text) => { expect(findLabels(index, text, 3).length).toBeLessThanOrEqual(3) }), { numRuns: 50 })
    expect(findLabels(index, '99999999999999999999', 3)).toEqual([])
  })
})

test('every verb of every kind has its labels once, the log\'s own kinds among them', () => {
  expect(new Set(labels.map(({ code }) => code)).size).toBe(labels.length)
  expect(new Set(labels.filter(({ resource }) => resource === 'widgets').map(({ verb }) => verb))).toEqual(new Set(VERB_CLASSES))
  expect(labels.filter(({ verb, single }) => verb === 'create' && !single)).toEqual([])
  expect(['pods', 'ingresses', 'networkpolicies', 'storageclasses', 'endpoints', 'leases', 'endpointslices', 'ipaddresses', 'componentstatuses'].map(singular)).toEqual(['pod', 'ingress', 'networkpolicy', 'storageclass', 'endpoints', 'lease', 'endpointslice', 'ipaddress', 'componentstatus'])
})
