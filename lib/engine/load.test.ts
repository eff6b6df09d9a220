import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkConformance } from './conformance/check'
import { loadEngine } from './load.node.ts'
import { findPackage } from './registry/find.node.ts'
import { OPTIONAL_ENGINES } from './registry/optional'
import { probeEngine } from './registry/probes.node.ts'

const realHome = process.env.AUDITWEAVE_HOME
const installed = OPTIONAL_ENGINES.map((name) => [name, findPackage(name) !== null] as const)
/** Packages of the project itself are found whatever the home. */
const inProject = OPTIONAL_ENGINES.some((name) => findPackage(name)?.place === 'project')
let home = ''

function setHome(value: string | undefined): void {
  if (value === undefined) delete process.env.AUDITWEAVE_HOME
  else process.env.AUDITWEAVE_HOME = value
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'auditweave-engines-'))
  setHome(home)
})
afterEach(() => {
  setHome(realHome)
  rmSync(home, { recursive: true, force: true })
})

/** A package of that name which does this when it is loaded. */
function plant(name: 'webgpu', text: string): void {
  const folder = join(home, 'engines', name, 'node_modules', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '0.6.2', type: 'module', main: 'index.js' }))
  writeFileSync(join(folder, 'index.js'), text)
}

const probeFile = (): string => join(home, 'engines', 'webgpu.probe.json')
const NO_ADAPTER = 'export const globals = {}\nexport const create = () => ({ requestAdapter: async () => null })\n'

describe.skipIf(inProject)('loadEngine', () => {
  it('takes wasm where nothing else is installed, and leaves no trace', async () => {
    const { engine, choice, notes } = await loadEngine('auto', { threads: 1 })
    expect(choice).toBe('wasm')
    expect(engine.name).toBe('wasm')
    expect(notes).toEqual([`Computed with ${engine.description}.`])
    expect(existsSync(join(home, 'engines'))).toBe(false)
    expect((await loadEngine('wasm', { threads: 1 })).choice).toBe('wasm')
  })

  it.each(OPTIONAL_ENGINES)('gives way to wasm where %s is asked for and absent, and says what installs it', async (name) => {
    const { choice, notes } = await loadEngine(name, { threads: 1 })
    expect(choice).toBe('wasm')
    expect(notes.at(-1)).toBe(`${name} was asked for but is not installed: \`npx auditweave engine add ${name}\` installs it.`)
  })

  it('gives way where the package cannot be loaded, with the reason, and remembers that', async () => {
    plant('webgpu', NO_ADAPTER)
    const asked = await loadEngine('webgpu', { threads: 1 })
    expect(asked.choice).toBe('wasm')
    expect(asked.notes.at(-1)).toMatch(/^webgpu was asked for but could not be loaded: WebGPU finds no graphics adapter .* `npx auditweave engine check webgpu` tries it again/)
    const kept = readFileSync(probeFile(), 'utf8')
    const automatic = await loadEngine('auto', { threads: 1 })
    expect(automatic.choice).toBe('wasm')
    expect(automatic.notes.at(-1)).toMatch(/^webgpu was passed over: it could not be loaded/)
    expect(readFileSync(probeFile(), 'utf8')).toBe(kept)
  })

  it('outlives a package that ends the process', async () => {
    plant('webgpu', 'process.abort()\n')
    const { choice, notes } = await loadEngine('auto', { threads: 1 })
    expect(choice).toBe('wasm')
    expect(notes.at(-1)).toMatch(/webgpu was passed over: it ended its check by SIGABRT/)
  })

  it('checks again once the package is another', async () => {
    plant('webgpu', 'process.exit(3)\n')
    expect((await loadEngine('webgpu', { threads: 1 })).notes.at(-1)).toContain('ended its check with status 3')
    rmSync(join(home, 'engines', 'webgpu'), { recursive: true })
    plant('webgpu', NO_ADAPTER)
    expect((await loadEngine('webgpu', { threads: 1 })).notes.at(-1)).toContain('could not be loaded')
  })

  it('does not trust a cache that cannot be read', async () => {
    plant('webgpu', NO_ADAPTER)
    await loadEngine('webgpu', { threads: 1 })
    writeFileSync(probeFile(), '{"key":')
    expect((await loadEngine('webgpu', { threads: 1 })).notes.at(-1)).toContain('could not be loaded')
  })
})

describe.each(installed)('%s on this machine', (name, present) => {
  it.skipIf(!present)(`computes what Keras does (skipped where \`npx auditweave engine add ${name}\` was not run)`, async () => {
    setHome(realHome)
    const probe = await probeEngine(name, findPackage(name)!, 2)
    expect(probe).toMatchObject({ passed: true, message: expect.stringMatching(/^agrees with Keras/) })
    if (probe.speed === null) return
    // Natively in this very process too, as a run does.
    const { engine, choice } = await loadEngine(name, { threads: 2 })
    expect(choice).toBe(name)
    expect(await checkConformance(engine)).toMatchObject({ passed: true })
  }, 300_000)
})
