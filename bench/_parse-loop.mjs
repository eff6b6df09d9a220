// The yardstick of bench/reconstruct: gunzip, split, JSON.parse, nothing else.
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { createInterface } from 'node:readline'
import { taken } from './_taken.mjs'

let events = 0
for await (const line of createInterface({ input: createReadStream(process.argv[2]).pipe(createGunzip()), crlfDelay: Infinity })) if (JSON.parse(line).auditID) events++
process.stdout.write(JSON.stringify({ events, ...taken() }))
