import { describe, expect, it } from 'vitest'
import { PAPER_TABLE, RESOURCE_TABLE, findEntry, findEntryByIds } from './resource-table'

const key = (...parts: (string | number)[]) => parts.join('\n')

describe('the resource table', () => {
  it('has neither a name nor a pair of ids twice, and one group and resource an id', () => {
    expect(new Set(RESOURCE_TABLE.map((e) => key(e.group, e.resource, e.subresource))).size).toBe(RESOURCE_TABLE.length)
    expect(new Set(RESOURCE_TABLE.map((e) => key(e.id, e.sub))).size).toBe(RESOURCE_TABLE.length)
    const names = new Map<number, string>()
    for (const e of RESOURCE_TABLE) expect(names.set(e.id, names.get(e.id) ?? key(e.group, e.resource)).get(e.id)).toBe(key(e.group, e.resource))
  })

  it('keeps our ids clear of the paper\'s ten bits', () => {
    const paperIds = new Set(PAPER_TABLE.map((e) => e.id))
    for (const e of RESOURCE_TABLE) if (!paperIds.has(e.id)) expect(e.id).toBeGreaterThan(1023)
  })

  it('has sub-resources only of resources it has, with the same scope', () => {
    for (const e of RESOURCE_TABLE) expect(findEntry(e.group, e.resource, '')?.namespaced).toBe(e.namespaced)
  })

  it('finds a row by name and by ids', () => {
    for (const e of RESOURCE_TABLE) {
      expect(findEntry(e.group, e.resource, e.subresource)).toBe(e)
      expect(findEntryByIds(e.id, e.sub)).toBe(e)
    }
    expect(findEntry('extensions', 'constructor', '')).toBeNull()
  })

  it.each([
    ['autoscaling', 'v1', 'horizontalpodautoscalers', ''],
    ['autoscaling', 'v2beta2', 'horizontalpodautoscalers', ''],
    ['batch', 'v1beta1', 'cronjobs', ''],
    ['flowcontrol.apiserver.k8s.io', 'v1', 'flowschemas', 'status'],
    ['flowcontrol.apiserver.k8s.io', 'v1beta3', 'prioritylevelconfigurations', ''],
    ['policy', 'v1beta1', 'podsecuritypolicies', ''],
    ['', 'v1', 'pods', 'resize'],
    ['', 'v1', 'componentstatuses', ''],
    ['networking.k8s.io', 'v1', 'servicecidrs', 'status'],
    ['networking.k8s.io', 'v1beta1', 'ipaddresses', ''],
    ['resource.k8s.io', 'v1', 'devicetaintrules', ''],
    ['resource.k8s.io', 'v1beta2', 'resourceclaims', 'status'],
    ['resource.k8s.io', 'v1alpha3', 'resourcepoolstatusrequests', ''],
    ['certificates.k8s.io', 'v1', 'podcertificaterequests', 'status'],
    ['admissionregistration.k8s.io', 'v1', 'mutatingadmissionpolicybindings', ''],
    ['storagemigration.k8s.io', 'v1', 'storageversionmigrations', ''],
    ['coordination.k8s.io', 'v1alpha2', 'leasecandidates', ''],
    ['scheduling.k8s.io', 'v1beta1', 'podgroups', 'status'],
    ['internal.apiserver.k8s.io', 'v1alpha1', 'storageversions', 'status'],
  ])('knows %s %s %s %s', (group, version, resource, subresource) => {
    expect(findEntry(group, resource, subresource)?.versions).toContain(version)
  })
})
