import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import SlowFirst from './tools/slow-first.ts'

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')
const shared = { testTimeout: 60_000, hookTimeout: 120_000, pool: 'forks' as const }

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    sequence: { sequencer: SlowFirst },
    // The compiled command is run as it is, not compiled again.
    server: { deps: { external: [/\/build\/command\//] } },
    projects: [
      {
        // One more than the cores of a small machine: tests of the queue wait more than they compute.
        extends: true,
        test: { ...shared, name: 'unit', include: ['{lib,cli,components,tools,bench,app}/**/*.test.{ts,tsx}'], maxWorkers: 3, sequence: { groupOrder: 0 } },
      },
      {
        // One application at a time: each test starts the whole of it, on two cores.
        extends: true,
        test: { ...shared, name: 'e2e', globalSetup: ['e2e/global-setup.ts'], include: ['e2e/**/*.test.ts'], maxWorkers: 1, fileParallelism: false, testTimeout: 240_000, hookTimeout: 240_000, expect: { poll: { timeout: 20_000 } }, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
