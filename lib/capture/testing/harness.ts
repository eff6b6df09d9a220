import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Campaign, Step } from '../campaign'
import type { RecordedServer } from './recorded-server'

export const TOKEN = 'a-token-nobody-may-see-0123456789'

/** A folder with a kubeconfig of the server under the context `test`, and an empty audit log. */
export function workplace(): { readonly folder: string; readonly kubeconfig: string; readonly audit: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'auditweave-capture-'))
  const audit = path.join(folder, 'audit.log')
  writeFileSync(audit, '')
  return { folder, kubeconfig: path.join(folder, 'kubeconfig'), audit }
}

/** Writes the kubeconfig; `user` is what stands under the user's name. */
export function writeKubeconfig(file: string, server: string, user: Readonly<Record<string, string>> = { token: TOKEN }): void {
  writeFileSync(file, JSON.stringify({
    apiVersion: 'v1', kind: 'Config', 'current-context': 'production',
    clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }, { name: 'p', cluster: { server: 'https://production.invalid:6443' } }],
    users: [{ name: 'u', user }], contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }, { name: 'production', context: { cluster: 'p', user: 'u' } }],
  }))
}

/** A campaign for a server that answers at once: short quiet, short waits, many scenes at a time. */
export function hurried(campaign: Campaign): Campaign {
  const hurry = (step: Step): Step => ({ ...step, ...(step.most === undefined ? {} : { most: Math.min(step.most, 0.5) }), ...(step.pause === undefined ? {} : { pause: Math.min(step.pause, 1.2) }) })
  return { ...campaign, settle: 0.15, settleMost: 1, concurrency: 10, scenes: campaign.scenes.map((scene) => ({ ...scene, ...(scene.steps ? { steps: scene.steps.map(hurry) } : {}) })) }
}

interface TruthLine { readonly auditID: string; readonly role: string; readonly context: string | null; readonly label: Record<string, unknown> | null }

/** How a written truth stands against the server's own. */
export interface Verdict {
  readonly right: number
  readonly wrong: readonly string[]
  readonly unsure: Readonly<Record<string, number>>
  /** Share of what the campaign did and caused that bears a label; what strangers did is none of its business. */
  readonly coverage: number
  readonly consequences: number
}

/** Compares record by record: role, label, and that the context is the trigger's. */
export function judge(folder: string, server: RecordedServer): Verdict {
  const truth = new Map(server.truth().map((one) => [one.auditID, one]))
  const records = linesOf(gunzipSync(readFileSync(path.join(folder, 'truth.jsonl.gz'))).toString('utf8')) as TruthLine[]
  const triggerOf = new Map(records.filter(({ role }) => role === 'trigger').map(({ context, auditID }) => [context, auditID]))
  const wrong: string[] = []
  let [right, consequences] = [0, 0]
  for (const { auditID, role, context, label } of records) {
    const wanted = truth.get(auditID)
    const trigger = context === null ? null : triggerOf.get(context) ?? 'unknown'
    const same = wanted !== undefined && wanted.role === role && wanted.context === trigger && sorted(wanted.label) === sorted(label)
    if (same) right++
    else wrong.push(`${role} ${JSON.stringify(server.writer.resources.get(auditID))} of ${JSON.stringify(server.writer.resources.get(trigger ?? ''))}, should be ${wanted?.role} of ${JSON.stringify(server.writer.resources.get(wanted?.context ?? ''))}`)
    if (same && role === 'consequence') consequences++
  }
  const unsure: Record<string, number> = {}
  for (const one of linesOf(readFileSync(path.join(folder, 'unsure.jsonl'), 'utf8')) as { reason: string }[]) unsure[one.reason] = (unsure[one.reason] ?? 0) + 1
  const logged = new Set((linesOf(gunzipSync(readFileSync(path.join(folder, 'audit.jsonl.gz'))).toString('utf8')) as TruthLine[]).map(({ auditID }) => auditID))
  const ours = new Set((linesOf(readFileSync(path.join(folder, 'requests.jsonl'), 'utf8')) as { auditID: string }[]).map(({ auditID }) => auditID))
  const caused = [...truth.values()].filter(({ auditID, context }) => logged.has(auditID) && context !== null && ours.has(context))
  const labelled = new Set(records.map(({ auditID }) => auditID))
  return { right, wrong, unsure, consequences, coverage: caused.filter(({ auditID }) => labelled.has(auditID)).length / Math.max(1, caused.length) }
}

export function linesOf(text: string): unknown[] {
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown)
}

function sorted(label: object | null): string {
  return label === null ? 'null' : JSON.stringify(Object.entries(label).sort(([a], [b]) => (a < b ? -1 : 1)))
}
