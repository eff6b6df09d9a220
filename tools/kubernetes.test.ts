import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Command, CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { experimentCommand } from '@/cli/commands/experiment'
import { workerCommand } from '@/cli/commands/worker'
import { getExperiment } from '@/lib/experiments/catalogue'
import { ENV_NAMES } from '@/lib/store/env'
import { projectRoot } from '@/lib/store/home'

const deploy = path.join(projectRoot(), 'deploy')
const root = path.join(deploy, 'kubernetes')
const SECRET = { name: 'auditweave-database', keys: ['DATABASE_URL', 'POSTGRES_PASSWORD'] }

const containerSchema = z.object({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()).optional(),
  env: z.array(z.object({ name: z.string(), value: z.string().optional(), valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }).optional() })),
  resources: z.object({ requests: z.object({ cpu: z.string(), memory: z.string() }), limits: z.object({ memory: z.string() }) }),
  securityContext: z.unknown(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
})
// Strict where more could break out of the pod: a host's network, processes or files, other containers.
const podSchema = z.strictObject({
  serviceAccountName: z.literal('auditweave'),
  automountServiceAccountToken: z.literal(false),
  terminationGracePeriodSeconds: z.int(),
  restartPolicy: z.enum(['OnFailure', 'Always']).optional(),
  securityContext: z.unknown(),
  containers: z.array(containerSchema).min(1),
  volumes: z.array(z.record(z.string(), z.unknown())),
})
const manifestSchema = z.object({ apiVersion: z.string(), kind: z.string(), metadata: z.object({ name: z.string() }).optional(), spec: z.record(z.string(), z.unknown()).optional() })
type Manifest = z.infer<typeof manifestSchema>

interface Folder { readonly name: string; readonly manifests: readonly Manifest[]; readonly resources: readonly string[] }

const documents = (file: string): unknown[] => parseAllDocuments(readFileSync(file, 'utf8'), { strict: true }).map((document) => {
  expect(document.errors, file).toEqual([])
  return document.toJS() as unknown
})

const folders = readdirSync(root).map((name): Folder => {
  const { resources } = z.object({ kind: z.literal('Kustomization'), resources: z.array(z.string()) }).parse(documents(path.join(root, name, 'kustomization.yaml'))[0])
  const files = resources.filter((resource) => resource.endsWith('.yaml'))
  return { name, resources, manifests: files.flatMap((file) => documents(path.join(root, name, file)).map((one) => manifestSchema.parse(one))) }
})
const manifests = folders.flatMap((folder) => folder.manifests)
const workloads = manifests.filter(({ kind }) => ['Deployment', 'Job', 'StatefulSet'].includes(kind))
const templateOf = ({ spec }: Manifest) => z.object({ template: z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()) }), spec: podSchema }) }).parse(spec).template
const pods = workloads.map((workload) => ({ title: `${workload.kind} ${workload.metadata?.name}`, pod: templateOf(workload).spec }))
const ours = pods.flatMap(({ title, pod }) => pod.containers.filter(({ image }) => image === 'auditweave').map((container) => ({ title, container })))

/** Parses arguments by the real commands without carrying anything out. @throws CommanderError for what they do not know */
function parse(args: readonly string[]): void {
  const quiet = (command: Command): Command => {
    command.exitOverride().configureOutput({ writeErr: () => {} }).action(() => {})
    command.commands.forEach(quiet)
    return command
  }
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  for (const command of [workerCommand(), experimentCommand()]) program.addCommand(quiet(command))
  program.parse([...args], { from: 'user' })
}

describe('the manifests for Kubernetes', () => {
  it('are workers, a sweep and a database to try it with, every file of them named by its kustomization', () => {
    expect(workloads.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Job', 'StatefulSet'])
    for (const { name, resources } of folders) {
      const there = readdirSync(path.join(root, name)).filter((file) => file !== 'kustomization.yaml')
      expect(resources.filter((resource) => resource.endsWith('.yaml')).sort()).toEqual(there.sort())
    }
  })

  it.each(pods)('run under the pod security standard "restricted": $title', ({ pod }) => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
    expect((pod.securityContext as { runAsUser: number }).runAsUser).toBeGreaterThan(0)
    for (const container of pod.containers) {
      expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } })
      // What is not mounted cannot be written to.
      expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toContain('/tmp')
    }
    for (const volume of pod.volumes) expect(Object.keys(volume).filter((key) => key !== 'name')).toEqual(['emptyDir'])
  })

  it.each(ours)('say what the command line knows: $title', ({ container }) => {
    expect(() => parse(container.args ?? [])).not.toThrow()
    const [command, , experiment] = container.args ?? []
    if (command === 'experiment') expect(getExperiment(experiment ?? '').name).toBe(experiment)
  })

  it.each(ours)('set variables that are read, the secret one from the Secret: $title', ({ container }) => {
    for (const { name, valueFrom } of container.env) {
      expect(ENV_NAMES).toContain(name)
      if (valueFrom) expect([SECRET.name, SECRET.keys.includes(valueFrom.secretKeyRef.key)]).toEqual([valueFrom.secretKeyRef.name, true])
    }
    const home = container.env.find(({ name }) => name === 'AUDITWEAVE_HOME')?.value
    expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toContain(home)
    expect(container.env.find(({ name }) => name === 'DATABASE_URL')).toMatchObject({ valueFrom: { secretKeyRef: { key: 'DATABASE_URL' } } })
  })

  it('hold no secret', () => {
    expect(manifests.map(({ kind }) => kind)).not.toContain('Secret')
    for (const folder of folders) expect(readFileSync(path.join(root, folder.name, 'kustomization.yaml'), 'utf8')).not.toContain('secretGenerator')
  })

  it('name selectors that their own pods have', () => {
    for (const workload of workloads.filter(({ kind }) => kind !== 'Job')) {
      const { selector } = z.object({ selector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }).parse(workload.spec)
      expect(templateOf(workload).metadata.labels).toMatchObject(selector.matchLabels)
    }
  })
})

it('what the test parses with refuses what the command line does not know', () => {
  for (const args of [['worker', '--cores', '2'], ['experiment', 'walk', 'tuner'], ['experiment', 'run', 'tuner', '--scale', 'huge']]) expect(() => parse(args)).toThrow(CommanderError)
})

describe('the image', () => {
  const lines = readFileSync(path.join(deploy, 'Containerfile'), 'utf8').split('\n')
  const all = (word: string): string[] => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))

  it('runs as the account that the manifests name, on the variables that are read', () => {
    expect(all('USER')).toEqual(['10001:10001'])
    for (const { container: { env } } of ours) expect(all('ENV').join(' ')).toContain(`AUDITWEAVE_HOME=${env.find(({ name }) => name === 'AUDITWEAVE_HOME')?.value}`)
    expect(all('FROM')).toEqual(['docker.io/library/node:22-slim'])
  })

  it('begins the command', () => {
    expect(all('ENTRYPOINT')).toEqual(['["node", "bin/auditweave.mjs"]'])
    expect(() => parse(JSON.parse(all('CMD')[0] ?? '[]') as string[])).not.toThrow()
  })
})
