import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { gunzipNative } from '@/lib/audit/gunzip.node.ts'
import { sql } from '@/lib/store/database'
import { listExperiments } from '@/lib/store/experiments'
import { importDataset } from '@/lib/store/import-dataset'
import { listStandings, type RunStandingRow } from '@/lib/store/run-standings'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'

// The command as a person calls it, with its workers, on a PostgreSQL of the test: what is tested is that no kill costs or doubles a run.

const BIN = fileURLToPath(new URL('../bin/auditweave.mjs', import.meta.url))
const ALL = ['experiment', 'run', 'all', '--scale', 'smoke', '--only', 'window-size,tuner', '--dataset', 'tiny', '--lines', '600', '--engine', 'wasm', '--workers', '2', '--threads', '1', '--json']

let database: TestDatabase
const commands: ChildProcess[] = []
beforeAll(async () => {
  database = await openTestDatabase()
  const folder = path.join(process.cwd(), 'datasets', 'sample')
  const log = { unpack: gunzipNative, [Symbol.asyncIterator]: () => createReadStream(path.join(folder, 'audit.jsonl.gz'))[Symbol.asyncIterator]() as AsyncIterator<Uint8Array> }
  await importDataset(log, { name: 'tiny', truth: createReadStream(path.join(folder, 'truth.jsonl.gz')) })
})
afterEach(async () => {
  for (const command of commands.splice(0)) command.kill('SIGKILL')
  await expect.poll(workers, { timeout: 30_000, interval: 200 }).toEqual([])
})
afterAll(() => database.close())

interface Started { readonly process: ChildProcess; readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }> }

function start(args: readonly string[]): Started {
  const child = spawn(process.execPath, [BIN, ...args], { env: { ...process.env, DATABASE_URL: database.address, AUDITWEAVE_LEASE_SECONDS: '2' }, stdio: ['ignore', 'pipe', 'pipe'] })
  commands.push(child)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (part: Buffer) => { stdout += part.toString() })
  child.stderr.on('data', (part: Buffer) => { stderr += part.toString() })
  return { process: child, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr }))) }
}

/** Process ids of the workers that work on this test's database; none of another test's. */
function workers(): number[] {
  const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid,args'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  return stdout.split('\n').filter((line) => line.includes('auditweave.mjs worker') && line.includes(database.address)).map((line) => Number(line.trim().split(' ')[0]))
}

async function runs(): Promise<RunStandingRow[]> {
  return listStandings((await listExperiments()).map(({ id }) => id))
}

async function until(wanted: (all: readonly RunStandingRow[]) => boolean): Promise<void> {
  await expect.poll(async () => wanted(await runs()), { timeout: 300_000, interval: 50 }).toBe(true)
}
const done = (all: readonly RunStandingRow[]): number => all.filter(({ state }) => state === 'done').length
const isRunning = ({ state }: RunStandingRow): boolean => state === 'running'

/** What came of a batch: figures by experiment and name, as they are stored. */
async function figures(batch: string): Promise<Record<string, unknown>> {
  const rows = await sql<{ name: string; metrics: unknown; points: unknown; per_class: unknown }>(
    'SELECT x.name || $2 || r.name AS name, r.metrics, r.points, r.per_class FROM runs r JOIN experiments x ON x.id = r.experiment_id WHERE x.batch = $1 ORDER BY 1', [batch, ': '],
  )
  expect(new Set(rows.map(({ name }) => name)).size, 'no run twice').toBe(rows.length)
  return Object.fromEntries(rows.map(({ name, ...rest }) => [name, rest]))
}

describe('experiment run all', () => {
  it('killed twice goes on where it was, also when a worker is killed: every run once, figures as if nothing had happened', async () => {
    const first = start(ALL)
    await until((all) => done(all) >= 2 && all.some(isRunning))
    first.process.kill('SIGKILL')
    await first.ended
    const second = start(ALL)
    const before = done(await runs())
    await until((all) => done(all) >= before + 2 && all.some(isRunning))
    second.process.kill('SIGKILL')
    await second.ended
    const third = start(ALL)
    await expect.poll(() => workers().length, { timeout: 60_000, interval: 100 }).toBeGreaterThan(0)
    const [victim] = workers()
    if (victim !== undefined) process.kill(victim, 'SIGKILL')
    const { code, stdout, stderr } = await third.ended
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
    expect(stderr).toMatch(/Carrying on with what this command began at .*: \d+ of \d+ runs are done/)
    expect((JSON.parse(stdout) as { experiment: string; state: string }[]).map(({ experiment, state }) => [experiment, state])).toEqual([['window-size', 'done'], ['tuner', 'done']])

    const [batch, ...others] = [...new Set((await listExperiments()).map((launch) => launch.batch))]
    expect(others, 'one batch').toEqual([])
    expect((await sql(`SELECT FROM models`)).length, 'a model a run').toBe((await runs()).length)
    const interrupted = await figures(batch ?? '')

    // It has told its end, so the same command makes another one.
    const whole = await start(ALL).ended
    expect(whole.code, whole.stderr).toBe(0)
    const again = (await listExperiments()).map((launch) => launch.batch).find((one) => one !== batch)
    expect(await figures(again ?? '')).toEqual(interrupted)
  }, 1_200_000)

  it('stops what its budget does not cover, says so, and goes on with a larger one', async () => {
    const one = ['experiment', 'run', 'window-size', '--scale', 'smoke', '--dataset', 'tiny', '--lines', '600', '--seeds', '7', '--windows', '5', '--workers', '1', '--threads', '1']
    const short = await start([...one, '--max-runs', '1']).ended
    expect(short.code).toBe(1)
    expect(short.stderr).toContain('The budget of its launch is spent (1 of 1 runs)')
    const long = await start([...one, '--max-runs', '5']).ended
    expect({ code: long.code, stderr: long.code === 0 ? '' : long.stderr }).toEqual({ code: 0, stderr: '' })
    expect(long.stderr).toContain('1 of 2 runs are done')
    expect((await listExperiments({ name: 'window-size' }))[0]?.runs).toMatchObject({ done: 2, total: 2 })
  }, 300_000)
})
