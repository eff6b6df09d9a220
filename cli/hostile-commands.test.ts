import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { HOSTILE_TEXTS, hostileLog, STEERING } from '@/lib/export/testing/hostile-texts'
import { FORMATS } from '@/lib/export/formats'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { main } from './main'
import { runCli } from './testing/run-cli'

/** Every control, mark and bracket of the corpus in one name, as an argument may hold it (no NUL, and no lone surrogate). */
const NAME = `x${['ansi', 'osc', 'controls', 'bidi', 'invisible', 'lines', 'script', 'quotes'].map((which) => HOSTILE_TEXTS[which]).join(' ')}`
/** Names of data sets are narrow: `import` refuses the others. */
const DATASET = 'hostile'

let database: TestDatabase
let folder: string
const at = (file: string): string => join(folder, file)

interface Ran { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs the command in this process: a new one for each takes seconds. */
async function run(args: readonly string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' }
  const take = (stream: 'stdout' | 'stderr') => vi.spyOn(process[stream], 'write').mockImplementation((text) => { written[stream] += typeof text === 'string' ? text : new TextDecoder().decode(text); return true })
  const spies = [take('stdout'), take('stderr')]
  try {
    await main(args)
    return { code: Number(process.exitCode ?? 0), ...written }
  } finally {
    process.exitCode = undefined
    for (const spy of spies) spy.mockRestore()
  }
}

beforeAll(async () => {
  process.stdout.setMaxListeners(200)
  database = await openTestDatabase()
  process.env.DATABASE_URL = database.address
  folder = mkdtempSync(join(tmpdir(), 'auditweave-hostile-commands-'))
  writeFileSync(at('log.jsonl'), hostileLog())
  const events = hostileLog().trimEnd().split('\n').map((line) => JSON.parse(line) as { auditID: string; requestReceivedTimestamp: string })
  writeFileSync(at('alerts.jsonl'), events.map(({ auditID, requestReceivedTimestamp }, i) => JSON.stringify({ time: requestReceivedTimestamp, rule: Object.values(HOSTILE_TEXTS)[i % 20], priority: NAME, output: NAME, source: 'k8s_audit', output_fields: { 'ka.auditid': auditID, 'ka.user.name': NAME } })).join('\n'))
  writeFileSync(at('truth.jsonl'), events.map(({ auditID }) => JSON.stringify({ auditID, role: 'trigger', context: auditID, label: { group: 'apps', resource: 'deployments', subresource: '', verb: 'create', namespaced: true, single: true } })).join('\n'))
  writeFileSync(at('spec.json'), JSON.stringify({ preset: NAME, [NAME]: NAME }))
  writeFileSync(at('campaign.yaml'), JSON.stringify({ name: NAME, [NAME]: [NAME] }))
  writeFileSync(at('key'), 'k'.repeat(40))
  mkdirSync(at('models'))
  const imported = await run(['import', at('log.jsonl'), '--name', DATASET])
  expect(imported.code, imported.stderr).toBe(0)
}, 120_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  delete process.env.DATABASE_URL
  await database.close()
})

/** Serves until it is stopped, and then ends its process. */
const ENDS_ITSELF = new Set(['receive'])
const log = (): string => at('log.jsonl')

/** What each command is given: hostile content where it reads a log, hostile names where it is told what to do. A command without an entry fails the test. */
const COMMANDS: Readonly<Record<string, () => readonly (readonly string[])[]>> = {
  reconstruct: () => [...FORMATS.map((format) => ['reconstruct', log(), '--format', format, '--level-report']), ['reconstruct', log(), '--model', NAME], ['reconstruct', log(), '--method', NAME], ['reconstruct', log(), '-o', join(folder, NAME, 'x')], ['reconstruct', join(folder, NAME)], ['reconstruct', at('truth.jsonl')]],
  query: () => [['query', log(), 'verb == "create"'], ['query', log(), 'user.username == "x"', '--explain'], ['query', log(), `verb == "${NAME}`], ['query', log(), 'verb == "create"', '--now', NAME]],
  context: () => [...['html', 'graphml', 'dot', 'json'].map((format) => ['context', log(), contextOf('ansi'), '--format', format]), ['context', log(), NAME], ['context', log(), 'x', '--format', NAME]],
  alerts: () => [['alerts', log(), at('alerts.jsonl')], ['alerts', log(), at('alerts.jsonl'), '--json'], ['alerts', log(), log()], ['alerts', log(), at('alerts.jsonl'), '--top', NAME]],
  import: () => [['import', log(), '--name', 'hostile two', '--json', '--truth', at('truth.jsonl')], ['import', log(), '--name', NAME], ['import', log(), '--truth', join(folder, NAME)]],
  'dataset list': () => [['dataset', 'list'], ['dataset', 'list', '--json']],
  'dataset show': () => [['dataset', 'show', DATASET], ['dataset', 'show', DATASET, '--json'], ['dataset', 'show', `${NAME}none`]],
  'dataset freeze': () => [['dataset', 'freeze', DATASET], ['dataset', 'freeze', NAME]],
  'dataset versions': () => [['dataset', 'versions', DATASET], ['dataset', 'versions', NAME]],
  'dataset diff': () => [['dataset', 'diff', DATASET, `${DATASET}@1`], ['dataset', 'diff', NAME, NAME]],
  'dataset restore': () => [['dataset', 'restore', DATASET, NAME], ['dataset', 'restore', NAME, '1']],
  'dataset card': () => [['dataset', 'card', DATASET, '--set', `source=${NAME}`], ['dataset', 'card', DATASET], ['dataset', 'card', DATASET, '--set', NAME]],
  'dataset split': () => [['dataset', 'split', DATASET, NAME.slice(0, 60)], ['dataset', 'split', DATASET], ['dataset', 'split', NAME, NAME]],
  'dataset merge': () => [['dataset', 'merge', DATASET, DATASET, '--name', 'merged'], ['dataset', 'merge', NAME, NAME, '--name', NAME]],
  'dataset slice': () => [['dataset', 'slice', DATASET, '--name', 'sliced', '--user', HOSTILE_TEXTS['ansi'] ?? ''], ['dataset', 'slice', DATASET, '--name', 'q', '--query', NAME]],
  'dataset pseudonymise': () => [['dataset', 'pseudonymise', DATASET, '--name', 'pseudo', '--key-file', at('key')], ['dataset', 'pseudonymise', NAME, '--name', NAME, '--key-file', join(folder, NAME)]],
  'dataset import': () => [['dataset', 'import', log(), '--name', 'labelled'], ['dataset', 'import', join(folder, NAME)]],
  'dataset import-labels': () => [['dataset', 'import-labels', DATASET, at('truth.jsonl')], ['dataset', 'import-labels', DATASET, log()], ['dataset', 'import-labels', NAME, join(folder, NAME)]],
  'dataset export': () => [...['jsonl', 'k8ntext', 'k8ntext-2024', 'truth', 'audit', 'csv'].map((format) => ['dataset', 'export', DATASET, '--format', format]), ['dataset', 'export', NAME]],
  train: () => [['train', NAME], ['train', at('spec.json'), '--dataset', log(), '-o', at('model')], ['train', 'linked', '--dataset', NAME]],
  'model list': () => [['model', 'list']],
  'model show': () => [['model', 'show', NAME]],
  'model evaluate': () => [['model', 'evaluate', NAME, '--dataset', log()]],
  'model export': () => [['model', 'export', NAME]],
  'model check': () => [['model', 'check', join(folder, NAME), log()]],
  'model importance': () => [['model', 'importance', NAME, '--dataset', log()]],
  'model tree': () => [['model', 'tree', NAME, '--dataset', log()]],
  'model explain': () => [['model', 'explain', log(), '1'], ['model', 'explain', log(), NAME]],
  'engine list': () => [['engine', 'list']],
  'engine check': () => [['engine', 'check', NAME]],
  'engine add': () => [['engine', 'add', NAME]],
  'engine remove': () => [['engine', 'remove', NAME]],
  'experiment list': () => [['experiment', 'list'], ['experiment', 'list', NAME]],
  'experiment run': () => [['experiment', 'run', NAME], ['experiment', 'run', 'window-size', '--dataset', NAME, '--scale', 'smoke']],
  'experiment report': () => [['experiment', 'report', NAME]],
  'experiment stop': () => [['experiment', 'stop', NAME]],
  'experiment resume': () => [['experiment', 'resume', NAME]],
  'experiment priority': () => [['experiment', 'priority', NAME, '1'], ['experiment', 'priority', 'x', NAME]],
  score: () => [['score', at('truth.jsonl'), at('truth.jsonl')], ['score', at('truth.jsonl'), at('truth.jsonl'), '--json'], ['score', join(folder, NAME), at('truth.jsonl')]],
  start: () => [['start', '--port', NAME], ['start', NAME], ['start', `--${NAME}`]],
  worker: () => [['worker', '--threads', NAME], ['worker', '--engine', NAME]],
  receive: () => [['receive', '--port', NAME], ['receive', '--token-file', join(folder, NAME)]],
  replay: () => [['replay', join(folder, NAME), '--to', 'http://127.0.0.1:9/audit'], ['replay', log(), '--to', NAME], ['replay', log(), '--speed', NAME]],
  capture: () => [['capture', '--campaign', at('campaign.yaml'), '--dry-run'], ['capture', '--campaign', join(folder, NAME), '--dry-run'], ['capture', '--seed', NAME]],
}

/** The context that begins with the corpus's entry, by the auditID of its first request. */
function contextOf(which: string): string {
  const place = Object.keys(HOSTILE_TEXTS).indexOf(which)
  const line = readFileSync(log(), 'utf8').split('\n')[place * 4] ?? '{}'
  return (JSON.parse(line) as { auditID: string }).auditID
}

async function commandsOf(prefix: readonly string[]): Promise<string[]> {
  const { stdout } = await run([...prefix, '--help'])
  const listed = /\nCommands:\n([\s\S]*)$/.exec(stdout)?.[1] ?? ''
  const names = [...listed.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name ?? '').filter((name) => name !== 'help')
  const all = await Promise.all(names.map(async (name) => ({ name, inner: [] as string[] })))
  for (const one of all) one.inner = prefix.length > 0 ? [] : await commandsOf([one.name])
  return all.flatMap(({ name, inner }) => (inner.length > 0 ? inner : [[...prefix, name].join(' ')]))
}

describe('every command, with hostile content and hostile names', () => {
  it('has an entry here', async () => {
    expect((await commandsOf([])).sort()).toEqual(Object.keys(COMMANDS).sort())
  })

  it.each(Object.keys(COMMANDS))('%s writes nothing that steers a terminal', async (name) => {
    for (const args of COMMANDS[name]?.() ?? []) {
      const { stdout, stderr } = ENDS_ITSELF.has(name) ? runCli(args) : await run(args)
      const said = args.map((arg) => JSON.stringify(arg.slice(0, 30))).join(' ')
      expect(stdout.length + stderr.length, said).toBeGreaterThan(0)
      expect(STEERING.exec(stdout.replaceAll('\r\n', '\n'))?.[0], `${said}: ${JSON.stringify(around(stdout))}`).toBeUndefined()
      expect(STEERING.exec(stderr)?.[0], `${said}: ${JSON.stringify(around(stderr))}`).toBeUndefined()
      expect(stderr, said).not.toMatch(/\bat .*\.ts:\d+/)
    }
  })
})

function around(text: string): string {
  const at = text.replaceAll('\r\n', '\n').search(STEERING)
  return text.slice(Math.max(0, at - 60), at + 20)
}
