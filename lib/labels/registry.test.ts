import { describe, expect, it } from 'vitest'
import { CUSTOM_ID_BASE } from './custom-id'
import { LabelRegistry } from './registry'

const a = { group: 'a.example', resource: 'things', subresource: '' }
const b = { group: 'b.example', resource: 'things', subresource: '' }
// Every name falls on one id, then on the next: a collision without waiting for one.
const colliding = (_: unknown, probe: number) => CUSTOM_ID_BASE + probe

describe('LabelRegistry', () => {
  it('gives a name one id, in any order of meeting', () => {
    const [one, two] = [new LabelRegistry(), new LabelRegistry()]
    const first = [one.add(a).id, one.add(b).id]
    expect([two.add(b).id, two.add(a).id].reverse()).toEqual(first)
    expect(one.add(a).id).toBe(first[0])
    expect(one.entries()).toHaveLength(2)
  })

  it('resolves a collision by the next probe and restores it from its entries', () => {
    const registry = new LabelRegistry(colliding)
    expect([registry.add(a).id, registry.add(b).id]).toEqual([CUSTOM_ID_BASE, CUSTOM_ID_BASE + 1])
    const restored = LabelRegistry.from(JSON.parse(JSON.stringify(registry.entries())), colliding)
    expect([restored.add(b).id, restored.add(a).id]).toEqual([CUSTOM_ID_BASE + 1, CUSTOM_ID_BASE])
    expect(restored.get(CUSTOM_ID_BASE + 1)).toMatchObject(b)
  })

  it('refuses entries that contradict one another or lie outside the range', () => {
    expect(() => LabelRegistry.from([{ ...a, id: CUSTOM_ID_BASE }, { ...b, id: CUSTOM_ID_BASE }])).toThrowError(/contradict one another/)
    expect(() => LabelRegistry.from([{ ...a, id: CUSTOM_ID_BASE }, { ...a, id: CUSTOM_ID_BASE + 1 }])).toThrowError(/contradict one another/)
    expect(() => LabelRegistry.from([{ ...a, id: 17 }])).toThrowError(/outside the custom range/)
  })
})
