// The receiver at a steady rate on one core, beside what it cannot do without: parsing and writing the same events. Needs Linux.
import { spawn } from 'node:child_process'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const RATE = 4000
const BATCH = 400
const SECONDS = 60
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const events = gunzipSync(readFileSync(path.join(ROOT, 'datasets/sample/audit.jsonl.gz'))).toString('utf8').trim().split('\n').map((line) => JSON.parse(line) as object)

const batches = Math.ceil((RATE * SECONDS) / BATCH)
/** Real events under audit IDs of their own. */
const body = (number: number): string => JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: Array.from({ length: BATCH }, (_, i) => ({ ...events[(number * BATCH + i) % events.length], auditID: `bench-${number}-${i}` })) })

const folder = mkdtempSync(path.join(tmpdir(), 'auditweave-bench-receive-'))
try {
  const least = bare()
  const { cpu, late, sent } = await received()
  const lines = readdirSync(path.join(folder, 'live')).filter((name) => name.endsWith('.jsonl')).flatMap((name) => readFileSync(path.join(folder, 'live', name), 'utf8').trim().split('\n'))
  const ids = new Set(lines.map((line) => (JSON.parse(line) as { auditID: string }).auditID))
  console.log(`${sent} events of ${Math.round(body(0).length / BATCH)} bytes at ${RATE}/s for ${SECONDS} s on one core: ${lines.length} lines kept, ${ids.size} distinct, ${sent - ids.size} lost`)
  console.log(`processor time: ${((cpu / sent) * 1e6).toFixed(1)} us an event, ${((100 * cpu) / (sent / RATE)).toFixed(0)} % of one core; latest batch answered ${late.toFixed(2)} s after its time`)
  console.log(`beside JSON.parse, JSON.stringify and one fdatasync a batch: ${((least / sent) * 1e6).toFixed(1)} us an event, ratio ${(cpu / least).toFixed(2)}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Processor time of the least there is to do. */
function bare(): number {
  const file = openSync(path.join(folder, 'bare.jsonl'), 'w')
  const texts = Array.from({ length: 40 }, (_, i) => Buffer.from(body(i)))
  const before = process.cpuUsage()
  for (let i = 0; i < batches; i++) {
    const { items } = JSON.parse((texts[i % texts.length] as Buffer).toString('utf8')) as { items: object[] }
    writeSync(file, `${items.map((item) => JSON.stringify(item)).join('\n')}\n`)
    fdatasyncSync(file)
  }
  const { user, system } = process.cpuUsage(before)
  closeSync(file)
  rmSync(path.join(folder, 'bare.jsonl'))
  return (user + system) / 1e6
}

async function received(): Promise<{ cpu: number; late: number; sent: number }> {
  const child = spawn('taskset', ['-c', '0', process.execPath, path.join(ROOT, 'bin/auditweave.mjs'), 'receive', '--port', '0', '--folder', path.join(folder, 'live')], { stdio: ['ignore', 'ignore', 'pipe'] })
  child.stderr.setEncoding('utf8')
  let said = ''
  child.stderr.on('data', (chunk: string) => { said += chunk })
  while (!said.includes('Keeping events')) await once(child.stderr, 'data')
  const url = /Receiving on (\S+)/.exec(said)?.[1] ?? ''
  const before = processorSeconds(child.pid ?? 0)
  const start = performance.now()
  let late = 0
  const answers: Promise<void>[] = []
  for (let number = 0; number < batches; number++) {
    const due = start + (number * BATCH * 1000) / RATE
    const text = body(number)
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    answers.push(fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }).then((response) => {
      if (response.status !== 200) throw new Error(`answered ${response.status}`)
      late = Math.max(late, (performance.now() - due) / 1000)
    }))
  }
  await Promise.all(answers)
  const cpu = processorSeconds(child.pid ?? 0) - before
  child.kill('SIGTERM')
  await once(child, 'exit')
  return { cpu, late, sent: batches * BATCH }
}

/** User and system time of a process and its threads, from /proc. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
