import { randomUUID } from 'node:crypto'
import { memorySource } from '@/lib/audit/source'
import type { CorrectionAct } from '@/lib/contexts/corrections/types'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import { sql } from '../database'
import { streamEvents, type StoredEvent } from '../events'
import { importDataset } from '../import-dataset'
import { claim } from '../lease'
import { finishReconstruction } from '../reconstruction-writes'
import { createReconstruction } from '../reconstructions'
import { writeCorrection, type CorrectionOutcome } from './write-correction'

export interface TestRequest {
  readonly id: string
  readonly user: string
  readonly verb: string
  readonly resource?: string
  readonly name?: string
  readonly owner?: { readonly kind: string; readonly name: string; readonly uid: string }
  readonly uid?: string
}

const SCRIPT: readonly TestRequest[] = [
  { id: 'd1', user: 'alice', verb: 'create', resource: 'deployments', name: 'web', uid: 'u-d1' },
  { id: 'r1', user: 'system:serviceaccount:kube-system:deployment-controller', verb: 'create', resource: 'replicasets', name: 'web-1', uid: 'u-r1', owner: { kind: 'Deployment', name: 'web', uid: 'u-d1' } },
  { id: 'p1', user: 'system:serviceaccount:kube-system:replicaset-controller', verb: 'create', resource: 'pods', name: 'web-1-a', uid: 'u-p1', owner: { kind: 'ReplicaSet', name: 'web-1', uid: 'u-r1' } },
  { id: 'd2', user: 'bob', verb: 'create', resource: 'deployments', name: 'api', uid: 'u-d2' },
  { id: 'r2', user: 'system:serviceaccount:kube-system:deployment-controller', verb: 'create', resource: 'replicasets', name: 'api-1', uid: 'u-r2', owner: { kind: 'Deployment', name: 'api', uid: 'u-d2' } },
  { id: 'l1', user: 'system:kube-scheduler', verb: 'update', resource: 'leases', name: 'kube-scheduler' },
  { id: 'g1', user: 'carol', verb: 'get', resource: 'secrets', name: 'token' },
]

/** A small log: two deployments with what followed, a lease, a read. */
export async function scriptedReconstruction(name: string, script: readonly TestRequest[] = SCRIPT): Promise<{ datasetId: string; id: string }> {
  const { dataset } = await importDataset(memorySource(script.map(eventLine).join('\n')), { name })
  return { datasetId: dataset.id, id: await reconstructStored(dataset.id) }
}

/** Carries a reconstruction by links alone out, as a worker's child would. */
export async function reconstructStored(datasetId: string): Promise<string> {
  const id = await createReconstruction({ datasetId, method: 'linked' })
  const hold = await claim('reconstructions', id, 'test', 600, null)
  const events: StoredEvent[] = []
  for await (const some of streamEvents(datasetId)) events.push(...some)
  const stream = new StreamingReconstruction()
  stream.add(events.map(({ event }) => event))
  const seqs = new Map(events.map(({ seq, event }) => [`${event.auditID} ${event.stage}`, seq]))
  if (hold) await finishReconstruction(hold, stream.finish(), (record) => seqs.get(`${record.auditID} ${record.stage}`) ?? -1, {})
  return id
}

export async function correct(id: string, act: CorrectionAct, more: { actor?: string; seen?: number; why?: string } = {}): Promise<CorrectionOutcome> {
  return writeCorrection(id, { id: randomUUID(), act, why: more.why ?? '', seen: more.seen ?? Number.MAX_SAFE_INTEGER }, more.actor ?? 'ann')
}

/** Every row of contexts and lines, as it is stored. */
export async function dumpRows(id: string): Promise<unknown> {
  const contexts = await sql(`SELECT to_jsonb(c) AS row FROM contexts c WHERE reconstruction_id = $1 ORDER BY id`, [id])
  const lines = await sql(`SELECT to_jsonb(l) AS row FROM reconstructed_lines l WHERE reconstruction_id = $1 ORDER BY seq`, [id])
  return { contexts, lines }
}

function eventLine({ id, user, verb, resource, name, owner, uid }: TestRequest, index: number): string {
  const at = new Date(Date.UTC(2026, 0, 1) + index * 50).toISOString().replace('Z', '000Z')
  const group = resource === 'deployments' || resource === 'replicasets' ? 'apps' : resource === 'leases' ? 'coordination.k8s.io' : ''
  const body = uid === undefined ? undefined : { metadata: { name, namespace: 'shop', uid, ...(owner ? { ownerReferences: [{ apiVersion: 'apps/v1', controller: true, ...owner }] } : {}) } }
  return JSON.stringify({
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'RequestResponse', auditID: id, stage: 'ResponseComplete', requestURI: `/apis/x/namespaces/shop/${resource}/${name}`, verb, user: { username: user, groups: [] },
    sourceIPs: ['10.0.0.1'], userAgent: 'test', objectRef: { resource, namespace: 'shop', name, ...(group ? { apiGroup: group } : {}), apiVersion: 'v1' }, responseStatus: { code: verb === 'create' ? 201 : 200 },
    ...(body ? { requestObject: body, responseObject: body } : {}), requestReceivedTimestamp: at, stageTimestamp: at,
  })
}
