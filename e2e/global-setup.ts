import { spawnSync } from 'node:child_process'
import type { TestProject } from 'vitest/node'
import { BIN, makeNewHome, removeHome } from './new-home'

declare module 'vitest' {
  interface ProvidedContext { preparedHome: string }
}

/** One data folder with its database made, to be copied by the tests: making it takes longer than starting on it. */
export default function setup({ provide }: TestProject): () => void {
  const home = makeNewHome()
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'dataset', 'list'], { env: { ...process.env, AUDITWEAVE_HOME: home }, encoding: 'utf8' })
  if (status !== 0) throw new Error(`No database could be made for the tests:\n${stderr}`)
  provide('preparedHome', home)
  return () => removeHome(home)
}
