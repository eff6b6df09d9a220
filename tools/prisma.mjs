// node tools/prisma.mjs <arguments>: the stock Prisma CLI over the schema engine in WebAssembly,
// so that no step downloads a native engine.
import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const engine = fileURLToPath(new URL('./schema-engine.mjs', import.meta.url))
try {
  // The CLI runs the engine as a program; some checkouts lose the mode.
  chmodSync(engine, 0o755)
} catch {
  // A read-only checkout: fine as long as the mode is right already.
}

const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1', ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: engine },
})
process.exit(status ?? 1)
