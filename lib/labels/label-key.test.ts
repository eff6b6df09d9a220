import { describe, expect, it } from 'vitest'
import { makeLabel } from './codec'
import { labelKey } from './label-key'

describe('labelKey', () => {
  it('is what the scorer compares', () => {
    expect(labelKey(makeLabel({ group: '', resource: 'pods', subresource: 'exec', verb: 'create', namespaced: true, single: true }))).toBe('pods|exec|1|1|1')
    expect(labelKey({ resource: 'pods', subresource: null, verb: 'list', namespaced: true, single: false })).toBe(labelKey({ resource: 'pods', subresource: '', verb: 'get', namespaced: true, single: false }))
  })

  it('takes labels of other tools as they come', () => {
    expect(labelKey({ resource: 'pods', verb: 'connect' })).toBe('pods||connect|0|0')
    expect(labelKey({})).toBe('||0|0|0')
    expect(labelKey({ resource: 'pods', verb: 'constructor' })).toBe('pods||constructor|0|0')
  })
})
