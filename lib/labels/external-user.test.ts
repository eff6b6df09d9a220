import { describe, expect, it } from 'vitest'
import { normaliseEvent } from '@/lib/audit/normalise'
import { isExternalUser, serviceAccountOf } from './external-user'

const by = (username?: string) => normaliseEvent(username === undefined ? {} : { user: { username } })

describe('isExternalUser', () => {
  it.each(['someone', 'system:anonymous', 'system:serviceaccount:shop:deployer', 'kubernetes-admin', 'eks:node-manager'])('%s is external', (name) => {
    expect(isExternalUser(by(name))).toBe(true)
  })
  it.each(['system:apiserver', 'system:node:n1', 'system:kube-scheduler', 'system:serviceaccount:kube-system:job-controller', 'system:admin'])('%s is a component', (name) => {
    expect(isExternalUser(by(name))).toBe(false)
  })
  it('takes a request without a user for external', () => {
    expect(isExternalUser(by())).toBe(true)
    expect(isExternalUser(by(''))).toBe(true)
  })
  it('can be told otherwise', () => {
    expect(isExternalUser(by('eks:node-manager'), { components: ['eks:*'] })).toBe(false)
    expect(isExternalUser(by('eks'), { components: ['eks:*'] })).toBe(true)
    expect(isExternalUser(by('system:admin'), { external: ['system:admin'] })).toBe(true)
    expect(isExternalUser(by('system:serviceaccount:cni:agent'), { controlPlaneNamespaces: ['kube-system', 'cni'] })).toBe(false)
  })
  it('looks at who authenticated', () => {
    expect(isExternalUser(normaliseEvent({ user: { username: 'someone' }, impersonatedUser: { username: 'system:apiserver' } }))).toBe(true)
  })
})

describe('serviceAccountOf', () => {
  it('splits the name', () => {
    expect(serviceAccountOf('system:serviceaccount:a:b')).toEqual({ namespace: 'a', name: 'b' })
    expect(serviceAccountOf('system:serviceaccounts:a')).toBeNull()
  })
})
