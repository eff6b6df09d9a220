import { describe, expect, it } from 'vitest'
import { makeLabel } from '@/lib/labels/codec'
import { choosePair, inCommon, tableOfSides, type Side, type SideRating } from './sides'

const said: SideRating = { role: 'trigger', label: makeLabel({ group: '', resource: 'pods', verb: 'get', namespaced: true, single: true }), context: null, by: 'x', at: null, probability: null, reason: null }
const side = (key: string, requests: readonly string[], people = true): Side => ({ key, name: key, people, ratings: new Map(requests.map((id) => [id, said])) })
const shared = side('shared', ['a', 'b', 'c', 'd'])
const bob = side('by:bob', ['b', 'c'])
const eve = side('by:eve', ['c', 'z'])
const model = side('model', ['a', 'b', 'c', 'd', 'e'], false)

describe('sides', () => {
  it('make a table of the requests that two of them rated', () => {
    const table = tableOfSides([shared, bob, eve])
    expect(table.units).toEqual(['b', 'c'])
    expect(table.ratings.map((row) => row.map((one) => one !== null))).toEqual([[true, true], [true, true], [false, true]])
    expect([inCommon(shared, bob), inCommon(bob, eve), inCommon(eve, model)]).toEqual([2, 1, 1])
  })
  it('are shown as asked, else the people with most in common, else with the model', () => {
    const keys = (pair: readonly [Side, Side] | null): readonly string[] => pair?.map((one) => one.key) ?? []
    expect(keys(choosePair([shared, bob, eve, model], { a: 'by:eve', b: 'shared' }))).toEqual(['by:eve', 'shared'])
    expect(keys(choosePair([shared, bob, eve, model], {}))).toEqual(['shared', 'by:bob'])
    expect(keys(choosePair([shared, bob, eve, model], { a: 'by:eve' }))).toEqual(['by:eve', 'shared'])
    expect(keys(choosePair([shared, bob, eve, model], { b: 'by:bob' }))).toEqual(['shared', 'by:bob'])
    expect(keys(choosePair([shared, model], { a: 'gone', b: 'gone' }))).toEqual(['shared', 'model'])
    expect(choosePair([shared], {})).toBeNull()
    expect(choosePair([shared, side('by:new', [])], {})).toBeNull()
  })
})
