// `npm run bench [name ...]`: each bench prints ratios measured side by side in one run; none is a test.
import { readdirSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const all = readdirSync(here).filter((file) => file.endsWith('.ts') && !file.startsWith('_')).map((file) => file.slice(0, -3))
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !all.includes(name))
if (unknown.length) {
  process.stderr.write(`No bench named ${unknown.join(', ')}. Those there are: ${all.join(', ')}.\n`)
  process.exit(2)
}
for (const name of chosen.length ? chosen : all) {
  process.stdout.write(`\n# ${name}\n`)
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--experimental-wasm-relaxed-simd', '--expose-gc', `${here}${name}.ts`], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
