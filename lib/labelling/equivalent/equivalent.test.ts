import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeLabel, makeLabel } from '@/lib/labels/codec'
import { RESOURCE_TABLE, verbClassesOf } from '@/lib/labels/resource-table'
import { VERB_CLASSES } from '@/lib/labels/verbs'
import { equivalentLabel, verbsOf } from './equivalent'

const anyLabel = fc.constantFrom(...RESOURCE_TABLE).chain((entry) => fc.record({ verb: fc.constantFrom(...verbClassesOf(entry)), single: fc.boolean() }).map(({ verb, single }) => makeLabel({ ...entry, verb, single: single || verb === 'create' })))
const verb = fc.constantFrom(...VERB_CLASSES)

test('another verb changes the verb, and back again gives what was', () => {
  fc.assert(fc.property(anyLabel, verb, (label, to) => {
    const other = equivalentLabel(label, to)
    if (!verbsOf(label).includes(to)) { expect(other).toBeNull(); return }
    expect(other).toMatchObject({ group: label.group, resource: label.resource, subresource: label.subresource, verb: to })
    expect(decodeLabel(other?.code ?? -1)).toEqual(other)
    const back = other && equivalentLabel(other, label.verb)
    expect(back).toEqual(to === 'create' ? { ...makeLabel({ ...label, single: true }) } : label)
  }))
})

test('its own verb is no change, and verbs that are not served are not offered', () => {
  fc.assert(fc.property(anyLabel, (label) => { expect(equivalentLabel(label, label.verb)).toEqual(label) }))
  const exec = makeLabel({ group: '', resource: 'pods', subresource: 'log', verb: 'get', namespaced: true, single: true })
  expect(equivalentLabel(exec, 'delete')).toBeNull()
  expect(verbsOf({ group: 'acme.io', resource: 'widgets', subresource: '' })).toEqual(VERB_CLASSES)
})
