import { randomInt } from 'node:crypto'
import { mkdir, readdir, rmdir } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Campaign } from '@/lib/capture/campaign'
import { capture, removeCampaign, type CaptureReport } from '@/lib/capture/capture.node.ts'
import { Cluster } from '@/lib/capture/cluster/cluster.node.ts'
import { isCampaignId } from '@/lib/capture/names'
import { readCampaign } from '@/lib/capture/read-campaign'
import { discover } from '@/lib/capture/run/discover.node.ts'
import { version } from '@/lib/experiments/version.node.ts'
import { Shutdown } from '../../start/shutdown'
import { cannotWrite, printJson, say } from '../../output'
import { startProgress } from '../../progress'
import { clusterOf, fileOf, logPlaceOf, wrongUse, type CaptureArguments } from './arguments'
import { printPlan } from './print-plan'

const LARGEST_SEED = 2 ** 32

/** Carries `auditweave capture` out. */
export async function runCapture(options: CaptureArguments): Promise<void> {
  if (options.clean) return clean(options)
  const campaigns = await campaignsOf(options)
  const seed = options.seed ?? randomInt(LARGEST_SEED)
  if (options.dryRun) return printPlan(campaigns, seed, options.json === true ? 'json' : 'text')
  const place = clusterOf(options)
  const log = await logPlaceOf(options)
  const cluster = await open(place)
  const shutdown = new Shutdown()
  try {
    await confirm(`${campaigns.map(({ name }) => name).join(', ')} will make, change and remove objects on ${cluster.address.server.host} (context ${place.context}).`, place.context, options)
    const { folder, made } = await folderOf(options)
    const bar = startProgress('Capturing', 1)
    try {
      const report = await capture({
        campaigns, seed, cluster, log, folder, keepSecrets: options.keepSecrets ?? false, concurrency: options.concurrency, signal: shutdown.signal, tell: say,
        onStep: (done, of) => bar.update(of === 0 ? 1 : done / of, `${done} requests`),
      })
      bar.end()
      tell(report, options)
    } catch (error) {
      // what stood there before is left as it was
      if (made) await rmdir(folder).catch(() => {})
      throw error
    }
  } finally {
    cluster.close()
    await shutdown.now()
  }
}

async function clean(options: CaptureArguments): Promise<void> {
  const id = options.campaignId
  if (!id || !isCampaignId(id)) throw wrongUse('Say which campaign to remove with --campaign-id: six letters and digits, as that capture told it.')
  const place = clusterOf(options)
  const cluster = await open(place)
  try {
    await confirm(`Everything of campaign ${id} will be removed from ${cluster.address.server.host} (context ${place.context}).`, place.context, options)
    const served = (await discover(cluster, new AbortController().signal)).filter(({ subresource, verbs }) => subresource === '' && verbs.includes('list') && verbs.includes('delete'))
    const { removed, left } = await removeCampaign(cluster, id, { cluster: served.filter(({ namespaced, resource }) => !namespaced && resource !== 'namespaces'), namespaced: served.filter(({ namespaced }) => namespaced) })
    if (options.json) printJson({ campaign: id, removed, left })
    else say(`Removed ${removed} objects of campaign ${id}.`)
    if (left.length > 0) throw new AuditweaveError('left-behind', `Still there: ${left.map(({ resource, name, why }) => `${resource} ${name} (${why})`).join(', ')}. Run this again later.`)
  } finally {
    cluster.close()
  }
}

async function campaignsOf({ campaign: files, scene: wanted }: CaptureArguments): Promise<Campaign[]> {
  if (!files || files.length === 0) throw wrongUse('Name at least one campaign with --campaign; some ship in campaigns/.')
  const campaigns: Campaign[] = []
  for (const file of files) campaigns.push(readCampaign((await fileOf(file)).toString('utf8'), file))
  const twice = campaigns.find(({ name }, i) => campaigns.findIndex((other) => other.name === name) !== i)
  if (twice) throw wrongUse(`Two of the campaigns are named ${twice.name}: their objects could not be told apart.`)
  if (!wanted) return campaigns
  const unknown = wanted.find((name) => !campaigns.some(({ scenes }) => scenes.some((scene) => scene.name === name)))
  if (unknown !== undefined) throw wrongUse(`No campaign has a scene named "${unknown}". There are: ${campaigns.flatMap(({ scenes }) => scenes.map(({ name }) => name)).join(', ')}.`)
  return campaigns.map((one) => ({ ...one, scenes: one.scenes.filter(({ name }) => wanted.includes(name)) })).filter(({ scenes }) => scenes.length > 0)
}

function open({ kubeconfig, context }: { readonly kubeconfig: string; readonly context: string }): Promise<Cluster> {
  return Cluster.open(kubeconfig, context, `auditweave-capture/${version()}`)
}

async function confirm(what: string, context: string, { yes }: CaptureArguments): Promise<void> {
  say(what)
  if (yes) return
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw wrongUse('Nobody can be asked whether that is meant: say so with --yes.')
  const asked = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asked.question(`Type the context's name to go on: `).finally(() => asked.close())
  if (answer.trim() !== context) throw new AuditweaveError('not-confirmed', 'That is not its name. Nothing was done.')
}

async function folderOf({ output }: CaptureArguments): Promise<{ folder: string; made: boolean }> {
  const folder = output ?? `capture-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`
  const made = await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => { throw cannotWrite(folder, error) })
  if ((await readdir(folder)).length > 0) throw new AuditweaveError('folder-not-empty', `${folder} is not empty: name another folder with -o.`)
  return { folder, made: made !== undefined }
}

function tell({ dataset, surprises, restless, left }: CaptureReport, { json }: CaptureArguments): void {
  if (json) printJson({ ...dataset, surprises, restless, left })
  else {
    const { folder, lines, requests, roles, unsure, contexts, labels } = dataset
    process.stdout.write(`${folder}: ${lines} lines, ${requests} requests: ${roles.trigger} triggers, ${roles.consequence} consequences, ${roles.background} background, ${roles.nonresource} without an object, ${unsure} not sure; ${contexts} contexts, ${labels} labels\n`)
    for (const { title, status, message } of surprises.slice(0, 20)) say(`Answered otherwise than planned: ${title}: ${status} ${message}`)
    if (surprises.length > 20) say(`... and ${surprises.length - 20} more.`)
    if (dataset.missing > 0) say(`${dataset.missing} requests that were sent are not in the log: the audit policy leaves them out, or it came too late.`)
    if (restless > 0) say(`Before ${restless} changes the cluster did not come to rest; more lines than need be are not sure. Try a larger settle, or settleMost.`)
  }
  if (left.length > 0) throw new AuditweaveError('left-behind', 'The data set is written, but not all that was made could be removed; see above.')
}
