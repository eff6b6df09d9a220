// Runs one auditweave command in this process and writes what it took to a file, peak memory included.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

const [report, ...argv] = process.argv.slice(2)
const began = performance.now()
register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) })
const { main } = await import('../cli/main.ts')
await main(argv)
writeFileSync(report, JSON.stringify({ seconds: (performance.now() - began) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }))
