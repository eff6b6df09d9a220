// Runs one auditweave command in this process, compiled as it ships, and writes what it took to a file: seconds by the clock and of the processor (all threads), peak memory.
import { writeFileSync } from 'node:fs'
import { compiledEntry } from '../tools/compiled-command.mjs'
import { taken } from './_taken.mjs'

const [report, ...argv] = process.argv.slice(2)
const { main } = await import(await compiledEntry('main'))
await main(argv)
writeFileSync(report, JSON.stringify(taken()))
