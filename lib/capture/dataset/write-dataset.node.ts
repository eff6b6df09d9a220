import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { FactPool } from '@/lib/contexts/fact-pool'
import { safeJson } from '@/lib/contexts/visible-text'
import type { Scrubber } from '../cluster/scrubber'
import type { Collector } from '../collect/collector.node.ts'
import type { Spool } from '../collect/spool.node.ts'
import { labelLines, type CaptureLabels, type LabelledRequest } from '../label/label-lines'
import { noteLine, type LineNote } from '../label/note'
import type { SentRequest } from '../label/sent'
import { tokenFinder } from '../names'
import { allRequests, tokenHomes } from '../plan'
import type { Plan } from '../plan-types'
import type { Surprise } from '../run/scene.node.ts'
import { captureCard } from './card'

export interface DatasetParts {
  readonly folder: string
  readonly spool: Spool
  readonly collector: Collector
  readonly sent: ReadonlyMap<string, SentRequest>
  readonly sentList: readonly SentRequest[]
  readonly plans: readonly Plan[]
  readonly version: string
  readonly source: 'file' | 'receive'
  readonly keepSecrets: boolean
  readonly scrubber: Scrubber
  readonly surprises: readonly Surprise[]
  readonly restless: number
}

/** What was written, in numbers of auditIDs but for `lines`. */
export interface WrittenDataset {
  readonly folder: string
  readonly lines: number
  readonly requests: number
  readonly roles: Readonly<Record<'trigger' | 'consequence' | 'background' | 'nonresource', number>>
  readonly unsure: number
  /** Requests of ours that the log does not hold. */
  readonly missing: number
  readonly labels: number
  readonly contexts: number
}

/** Labels the collected log and writes the data set: audit.jsonl.gz, truth.jsonl.gz, unsure.jsonl, requests.jsonl, capture.json, README.md. */
export async function writeDataset(parts: DatasetParts): Promise<WrittenDataset> {
  const { folder, spool, scrubber } = parts
  const labels = await labelSpool(parts)
  await spool.writeGzip(path.join(folder, 'audit.jsonl.gz'))
  await keep(path.join(folder, 'truth.jsonl.gz'), gzipSync(labels.sure.map((record) => `${safeJson(truthOf(record))}\n`).join('')))
  await keep(path.join(folder, 'unsure.jsonl'), labels.unsure.map((record) => `${safeJson(record)}\n`).join(''))
  await keep(path.join(folder, 'requests.jsonl'), requestLines(parts).map((record) => `${scrubber.clean(safeJson(record))}\n`).join(''))
  const written = summary(parts, labels)
  const hashes = { 'audit.jsonl.gz': await sha256(path.join(folder, 'audit.jsonl.gz')), 'truth.jsonl.gz': await sha256(path.join(folder, 'truth.jsonl.gz')) }
  const about = {
    campaigns: parts.plans.map(({ id, name, title, seed }) => ({ id, name, title, seed })), clusterVersion: parts.version, source: parts.source, redacted: !parts.keepSecrets,
    levels: Object.fromEntries(parts.collector.levels), rejectedLines: parts.collector.rejected, restless: parts.restless, surprises: parts.surprises.length,
    ...written, folder: undefined, sha256: hashes,
  }
  await keep(path.join(folder, 'capture.json'), `${scrubber.clean(JSON.stringify(about, null, 2))}\n`)
  await keep(path.join(folder, 'README.md'), captureCard({ ...about, ...written }))
  return written
}

async function labelSpool({ spool, plans, sent }: DatasetParts): Promise<CaptureLabels> {
  const [lines, pool, tokens, find] = [[] as LineNote[], new FactPool(), tokenHomes(plans), tokenFinder(plans.map(({ id }) => id))]
  for await (const event of spool.events()) lines.push(noteLine(event, { find, isOurs: (auditID) => sent.has(auditID), pool }))
  return labelLines(lines, { sent, tokens, settle: Math.min(...plans.map(({ settle }) => settle)) })
}

function truthOf({ auditID, context, role, label }: LabelledRequest): object {
  if (label === null) return { auditID, context, role, label }
  const { group, resource, subresource, verb, namespaced, single } = label
  return { auditID, context, role, label: { group, resource, subresource, verb, namespaced, single } }
}

/** What was sent for which step. */
function requestLines({ sentList, plans }: DatasetParts): object[] {
  const titles = new Map(plans.flatMap((plan) => allRequests(plan).map(({ scene, step, title }) => [`${scene} ${step}`, title])))
  return sentList.map(({ auditID, answeredID, step, scene, method, path: asked, status }) => ({ auditID: answeredID ?? auditID, scene, step, title: titles.get(`${scene} ${step}`) ?? null, method, path: asked, status }))
}

function summary({ folder, spool, sentList }: DatasetParts, { sure, unsure, missing: lost }: CaptureLabels): WrittenDataset {
  const roles = { trigger: 0, consequence: 0, background: 0, nonresource: 0 }
  for (const { role } of sure) roles[role]++
  const missing = lost.filter((one) => one.status !== null && sentList.some(({ auditID }) => auditID === one.auditID))
  const contexts = new Set(sure.flatMap(({ context }) => context ?? []))
  const labels = new Set(sure.flatMap(({ label }) => label?.code ?? []))
  return { folder, lines: spool.lines, requests: sure.length + unsure.length, roles, unsure: unsure.length, missing: missing.length, labels: labels.size, contexts: contexts.size }
}

async function keep(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(file, content, { flag: 'wx', mode: 0o600 })
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}
