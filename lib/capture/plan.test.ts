import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verbClass } from '@/lib/labels/verbs'
import { campaignSchema, type Campaign } from './campaign'
import { campaignId, Names, tokenFinder, tokenOf } from './names'
import { allRequests, planCampaign, tokenHomes } from './plan'
import { readCampaign } from './read-campaign'
import { resourcesByTable } from './sweep/served'

const FOLDER = path.join(process.cwd(), 'campaigns')
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))
const shipped = (name: string): Campaign => readCampaign(readFileSync(path.join(FOLDER, name), 'utf8'), name)
const served = resourcesByTable()
const oneStep = (step: object, users: object = {}): Campaign => campaignSchema.parse({ name: 'c', title: 't', users, scenes: [{ name: 's', steps: [step] }] })
const plan = (campaign: Campaign, seed = 1): ReturnType<typeof planCampaign> => planCampaign(campaign, { seed, served })

describe('the campaigns that ship', () => {
  it('are all there: the forty scenarios of the paper in four levels, the sweep, one to begin with', () => {
    const scenes = ['level-1.yaml', 'level-2.yaml', 'level-3.yaml', 'level-4.yaml'].map((name) => shipped(name).scenes.map((scene) => scene.name))
    expect(scenes).toEqual([
      ['n1', 'n2', 'p1', 'p2', 'c1', 's1', 's2', 'no1', 'csr1', 'r1', 'r2', 'r3', 'ar1', 'ar2', 'ar3'], ['d1', 'd2', 'd3', 'd4', 'd5', 'rs1', 'ds1', 'j1', 'cj1'],
      ['p3', 'p4', 'lr1', 'sv1', 'sv2', 'sv3', 'es1', 'ig1', 'px1', 'np1'], ['st1', 'st2', 'st3', 'ss1', 'st4', 'ac1'],
    ])
    expect(FILES).toEqual(expect.arrayContaining(['sweep.yaml', 'first-steps.yaml']))
  })

  it.each(FILES)('%s plans requests that touch only what it makes, each with a label of five parts', (name) => {
    const made = plan(shipped(name))
    const requests = allRequests(made)
    expect(requests.length).toBeGreaterThan(5)
    expect(requests.map(({ step }) => step)).toEqual(requests.map((_, i) => i + 1))
    for (const { method, path: at, label, body } of requests) {
      expect(JSON.stringify([at, body])).not.toMatch(/\$\{(?!node\})/)
      expect(label && verbClass(label.verb)).not.toBeNull()
      const forgotten = /\/apis\/auth(orization|entication)\.k8s\.io\//.test(at)
      if (method !== 'GET' && !forgotten) expect(at + JSON.stringify(body)).toContain(made.id)
      if (['PUT', 'PATCH', 'DELETE'].includes(method)) expect(at).toContain(made.id)
    }
  })

  it('sweeps over every resource of the table that it may', () => {
    const swept = new Set(allRequests(plan(shipped('sweep.yaml'))).map(({ label }) => `${label?.group}/${label?.resource}`))
    const wanted = new Set(served.filter(({ group, verbs, subresource }) => subresource === '' && verbs.includes('list') && !['apiregistration.k8s.io', 'internal.apiserver.k8s.io', 'metrics.k8s.io'].includes(group)).map(({ group, resource }) => `${group}/${resource}`))
    expect([...wanted].filter((one) => !swept.has(one))).toEqual([])
    expect(wanted.size).toBeGreaterThan(50)
  })
})

describe('planCampaign', () => {
  it('plans the same under the same seed, and other names under another', () => {
    const campaign = shipped('level-2.yaml')
    expect(plan(campaign, 3)).toEqual(plan(campaign, 3))
    const tokens = (seed: number): string[] => [...tokenHomes([plan(campaign, seed)]).keys()]
    expect(tokens(3).filter((token) => tokens(4).includes(token))).toEqual([])
  })

  it('gives each name a token of its own that is found wherever the name stands', () => {
    fc.assert(fc.property(fc.integer({ min: 0 }), fc.array(fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/), { minLength: 1, maxLength: 40 }), (seed, words) => {
      const names = new Names(campaignId(seed, 'x'), seed)
      const given = words.map((word) => names.make(word))
      const tokens = given.map((name) => tokenOf(names.id, name))
      expect(new Set(tokens).size).toBe(given.length)
      expect(tokenFinder([names.id])(given.map((name) => `${name}-7d9f{"${name}"`).join(' '))).toHaveLength(given.length)
    }), { numRuns: 50 })
  })

  it('makes a scene\'s namespace first, and only where something is in it', () => {
    const [first] = allRequests(plan(oneStep({ create: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '${a}' } } })))
    expect(first).toMatchObject({ step: 1, method: 'POST', path: '/api/v1/namespaces', label: { resource: 'namespaces', verb: 'create', namespaced: false, single: true } })
    expect(allRequests(plan(oneStep({ list: 'nodes' })))).toMatchObject([{ path: '/api/v1/nodes', label: { verb: 'get', namespaced: false, single: false } }])
  })

  it('fetches a service account\'s token before it is first used', () => {
    const made = plan(oneStep({ list: 'pods', as: 'robot' }, { robot: { serviceAccount: 'robot' } }))
    const titles = allRequests(made).map(({ path: at, tokenFor }) => [at.replaceAll(new RegExp(`${made.id}...`, 'g'), '*'), tokenFor])
    expect(titles).toEqual([['/api/v1/namespaces', null], ['/api/v1/namespaces/ns-s-*/serviceaccounts/robot-*/token', 'robot'], ['/api/v1/namespaces/ns-s-*/pods', null]])
  })

  it.each([
    [{ delete: 'namespaces/default' }, /change or enter namespaces\/default/],
    [{ delete: 'pods/web', namespace: 'kube-system' }, /change or enter pods\/web in kube-system/],
    [{ deletecollection: 'nodes' }, /change or enter nodes/],
    [{ patch: 'nodes/${node}', with: { spec: { unschedulable: true } } }, /change or enter nodes/],
    [{ create: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'cluster-admin' } } }, /clusterroles/],
    [{ create: { apiVersion: 'v1', kind: 'Pod', metadata: { name: '${a}', namespace: 'kube-system' } } }, /kube-system/],
    [{ connect: 'pods/etcd/exec', namespace: 'kube-system' }, /enter pods\/etcd\/exec/],
    [{ connect: 'nodes/${node}/proxy/exec/kube-system/etcd/etcd' }, /enter nodes/],
    [{ get: 'nodes/${node}/proxy/run/x' }, /proxy/],
    [{ list: 'secrets', everywhere: true }, /Secrets outside/],
    [{ get: 'secrets/token', namespace: 'kube-system' }, /Secrets outside/],
    [{ create: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '${a}', finalizers: ['kubernetes.io/pv-protection'] } } }, /finalizer/],
    [{ create: 'serviceaccounts/default/token', namespace: 'kube-system', with: {} }, /kube-system/],
  ])('refuses what it has not made: %j', (step, message) => {
    expect(() => plan(oneStep(step))).toThrow(message)
  })

  it.each([
    [{ list: 'pods', as: 'nobody' }, /do not list/], [{ get: 'pods' }, /needs the name/], [{ get: 'pods//exec' }, /names no resource/], [{ get: 'Pods/x' }, /names no resource/],
    [{ create: { apiVersion: 'v1', kind: 'Pod', metadata: { name: '${Bad Word}' } } }, /cannot begin a name/], [{ request: '/api/v1/pods/x' }, /names API objects/],
  ])('says what is wrong with %j', (step, message) => {
    expect(() => plan(oneStep(step))).toThrow(message)
  })
})

describe('readCampaign', () => {
  it.each([
    ['name: [', /no campaign/], ['name: a\nname: b', /unique/i], ['[]', /no campaign/], ['name: a\ntitle: t\nscenes: []', /scenes/],
    ['name: a\ntitle: t\nscenes: [{name: s, steps: [{get: pods/x, delete: pods/x}]}]', /one thing, this one delete and get/],
    ['name: a\ntitle: t\nscenes: [{name: s, steps: [{gett: pods/x}]}]', /scenes\.0\.steps\.0/],
    ['name: a\ntitle: t\nusers: {x: {groups: ["system:masters"]}}\nscenes: [{name: s, steps: [{list: pods}]}]', /users\.x/],
    [`a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]`, /alias/],
  ])('refuses %j', (text, message) => {
    expect(() => readCampaign(text, 'file.yaml')).toThrow(message)
  })
})
