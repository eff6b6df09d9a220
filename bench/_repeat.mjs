// A log many times as long, of a cluster that goes on: every copy comes later, with uids, audit IDs and names of its own.
import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createGunzip, createGzip } from 'node:zlib'

const [input, times, output] = process.argv.slice(2)
const lines = () => createInterface({ input: createReadStream(input).pipe(createGunzip()), crlfDelay: Infinity })
const KEPT = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])
const TOKENS = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/g

async function survey() {
  const names = new Set()
  let [first, last] = [Infinity, -Infinity]
  for await (const line of lines()) {
    const { objectRef, requestReceivedTimestamp, stageTimestamp, requestObject } = JSON.parse(line)
    first = Math.min(first, Date.parse(requestReceivedTimestamp))
    last = Math.max(last, Date.parse(stageTimestamp))
    const made = requestObject?.metadata?.name
    if (objectRef?.namespace === 'kube-system') continue
    for (const name of [objectRef?.name, objectRef?.namespace, made]) if (typeof name === 'string' && /^[a-z0-9].*[-.]/.test(name) && !KEPT.has(name)) names.add(name)
  }
  return { names, span: Math.ceil((last - first) / 1000) * 1000 + 60_000 }
}

function moved(token, copy, { names, span }) {
  if (names.has(token)) return `c${copy}-${token}`
  if (token.length === 36 && token[8] === '-' && token[23] === '-') return `${((Number.parseInt(token.slice(0, 8), 16) ^ (copy * 0x9e3779b1)) >>> 0).toString(16).padStart(8, '0')}${token.slice(8)}`
  if (token.length < 20 || token[10] !== 'T') return token
  return new Date(Date.parse(token) + copy * span).toISOString().slice(0, 19) + token.slice(19)
}

const found = await survey()
const out = createGzip({ level: 1 })
const done = once(out.pipe(createWriteStream(output)), 'close')
for (let copy = 0; copy < Number(times); copy++) {
  for await (const line of lines()) {
    const text = copy === 0 ? line : line.replace(TOKENS, (token) => moved(token, copy, found))
    if (!out.write(`${text}\n`)) await once(out, 'drain')
  }
}
out.end()
await done
