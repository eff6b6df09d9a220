import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { engineCommand } from './engine'

const before = { home: process.env.AUDITWEAVE_HOME, path: process.env.PATH, exitCode: process.exitCode }
let home = ''
let [out, err] = ['', '']

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'auditweave-engines-'))
  process.env.AUDITWEAVE_HOME = home
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(out += String(text)))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(err += String(text)))
})
afterEach(() => {
  vi.restoreAllMocks()
  if (before.home === undefined) delete process.env.AUDITWEAVE_HOME
  else process.env.AUDITWEAVE_HOME = before.home
  process.env.PATH = before.path
  process.exitCode = before.exitCode
  rmSync(home, { recursive: true, force: true })
})

async function run(...words: string[]): Promise<void> {
  const engine = engineCommand().exitOverride()
  engine.commands.forEach((sub) => sub.exitOverride())
  await new Command('auditweave').exitOverride().addCommand(engine).parseAsync(['engine', ...words], { from: 'user' })
}

/** An npm on the PATH that does this in the folder it is called in; no registry is asked. */
function plantNpm(script: string): void {
  const [folder, bin] = [join(home, 'npm'), join(home, 'path')]
  mkdirSync(join(folder, 'bin'), { recursive: true })
  mkdirSync(bin)
  writeFileSync(join(folder, 'bin', 'npm-cli.js'), script)
  symlinkSync(join(folder, 'bin', 'npm-cli.js'), join(bin, 'npm'))
  process.env.PATH = bin
}

/** Writes down how it was called and leaves a package whose loading finds no graphics card. */
const INSTALLS = `
const fs = require('node:fs')
fs.mkdirSync('node_modules/webgpu', { recursive: true })
fs.writeFileSync('called.json', JSON.stringify(process.argv.slice(2)))
fs.writeFileSync('node_modules/webgpu/package.json', JSON.stringify({ name: 'webgpu', version: '0.6.2', type: 'module', main: 'index.js' }))
fs.writeFileSync('node_modules/webgpu/index.js', 'export const globals = {}; export const create = () => ({ requestAdapter: async () => null })')
`

const code = (value: string): unknown => expect.objectContaining({ code: value })
const engines = (): string[] => readdirSync(join(home, 'engines')).toSorted()

describe('auditweave engine', () => {
  it('lists what there is and what is not', async () => {
    await run('list', '--json')
    const rows = out.trim().split('\n').map((line) => JSON.parse(line) as { engine: string; installed: boolean })
    expect(rows.map(({ engine }) => engine)).toEqual(['wasm', 'tensorflow', 'webgpu'])
    expect(rows[0]).toMatchObject({ installed: true, package: 'built in' })
    expect(existsSync(join(home, 'engines'))).toBe(false)
  })

  it('checks wasm against Keras', async () => {
    await run('check', 'wasm')
    expect(out).toMatch(/^passed {2}wasm: wasm, .*agrees with Keras: gradients within /)
  })

  it('takes no name but its own', async () => {
    for (const word of ['../elsewhere', 'left-pad', 'wasm']) await expect(run('add', word)).rejects.toThrow(code('commander.invalidArgument'))
    await expect(run('remove', '..')).rejects.toThrow(code('commander.invalidArgument'))
    await expect(run('check', 'cuda')).rejects.toThrow(code('commander.invalidArgument'))
    expect(existsSync(join(home, 'engines'))).toBe(false)
  })

  it('says what installs an engine that is to be checked and is absent', async () => {
    await expect(run('check', 'webgpu')).rejects.toThrow('webgpu is not installed: `npx auditweave engine add webgpu` installs it.')
  })

  it('refuses libraries that are none before anything is fetched', async () => {
    await expect(run('add', 'webgpu', '--libtensorflow', 'pypi')).rejects.toThrow(code('wrong-use'))
    await expect(run('add', 'tensorflow', '--libtensorflow', home)).rejects.toThrow(code(process.platform === 'linux' ? 'libtensorflow-missing' : 'engine-unsupported'))
    expect(existsSync(join(home, 'engines'))).toBe(false)
  })

  it('installs a pinned version without running scripts, checks it, and removes it', async () => {
    plantNpm(INSTALLS)
    await run('add', 'webgpu')
    const folder = join(home, 'engines', 'webgpu')
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({ private: true, dependencies: { webgpu: '0.6.2' } })
    expect(JSON.parse(readFileSync(join(folder, 'called.json'), 'utf8'))).toEqual(expect.arrayContaining(['install', '--ignore-scripts']))
    expect(out).toContain('FAILED  webgpu: could not be loaded: WebGPU finds no graphics adapter')
    expect(process.exitCode).toBe(1)
    expect(engines()).toEqual(['webgpu', 'webgpu.probe.json'])
    // What an installation that was cut off has left: no process has this number.
    mkdirSync(join(home, 'engines', '.webgpu-4194305'))
    await run('remove', 'webgpu')
    expect(engines()).toEqual([])
    await run('remove', 'webgpu')
    expect(err).toContain('nothing was removed')
  })

  it('keeps the engine that was there when a new one cannot be fetched', async () => {
    mkdirSync(join(home, 'engines', 'webgpu'), { recursive: true })
    writeFileSync(join(home, 'engines', 'webgpu', 'mark'), '')
    plantNpm('console.error("no such registry"); process.exit(1)')
    await expect(run('add', 'webgpu')).rejects.toThrow(/npm install webgpu@0\.6\.2 failed \(status 1\)\. no such registry/)
    expect(engines()).toEqual(['webgpu'])
    expect(existsSync(join(home, 'engines', 'webgpu', 'mark'))).toBe(true)
  })
})
