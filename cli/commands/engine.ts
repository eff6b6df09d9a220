import { availableParallelism } from 'node:os'
import { Argument, Command } from 'commander'
import { AuditweaveError } from '@/lib/audit/errors'
import { checkConformance } from '@/lib/engine/conformance/check'
import { findPackage } from '@/lib/engine/registry/find.node.ts'
import { addEngine, removeEngine } from '@/lib/engine/registry/install.node.ts'
import { OPTIONAL_ENGINES, isOptionalEngine, type OptionalEngine } from '@/lib/engine/registry/optional'
import { probeEngine } from '@/lib/engine/registry/probes.node.ts'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { formatTable, printJson, say } from '../output'

/** `auditweave engine list|check|add|remove`: what tensors can be computed with on this machine. */
export function engineCommand(): Command {
  const command = new Command('engine').description('Lists, checks, adds and removes the engines that compute networks (docs/engines.md).')
  command.command('list').description('Shows the engines and where they are installed.').option('--json', 'as JSON').action(list)
  command.command('check').description('Runs the conformance test, and times optional engines against wasm.')
    .addArgument(new Argument('[engine]', 'default: all that are installed').choices(['wasm', ...OPTIONAL_ENGINES])).option('--json', 'as JSON').action(check)
  command.command('add').description('Installs an optional engine into AUDITWEAVE_HOME, and checks it.')
    .addArgument(new Argument('<engine>', 'which one').choices([...OPTIONAL_ENGINES]))
    .option('--libtensorflow <dir|pypi>', 'builds the binding of tensorflow against the libraries in this folder, or those of TensorFlow\'s wheel from PyPI').action(add)
  command.command('remove').description('Removes an engine that `engine add` installed.')
    .addArgument(new Argument('<engine>', 'which one').choices([...OPTIONAL_ENGINES])).action(remove)
  return command
}

interface Row { readonly engine: string; readonly installed: boolean; readonly package: string; readonly place: string }

function rowOf(engine: OptionalEngine): Row {
  const found = findPackage(engine)
  if (!found) return { engine, installed: false, package: '', place: '' }
  return { engine, installed: true, package: `${found.name} ${found.version}`, place: found.place === 'own' ? found.folder : 'this project' }
}

function list({ json }: { json?: boolean }): void {
  const rows: Row[] = [{ engine: 'wasm', installed: true, package: 'built in', place: '' }, ...OPTIONAL_ENGINES.map((engine) => rowOf(engine))]
  if (json) return rows.forEach((row) => printJson(row))
  const cells = rows.map((row) => [row.engine, row.installed ? row.package : 'not installed', row.place])
  process.stdout.write(`${formatTable([['engine', 'package', 'where'], ...cells])}\n`)
}

interface Verdict { readonly engine: string; readonly passed: boolean; readonly description: string; readonly message: string; readonly speed: number | null; readonly busy: boolean }

async function checkWasm(): Promise<Verdict> {
  const engine = await loadWasmEngine()
  const { passed, message } = await checkConformance(engine)
  return { engine: 'wasm', passed, description: engine.description, message, speed: null, busy: false }
}

async function checkOptional(engine: OptionalEngine): Promise<Verdict> {
  const found = findPackage(engine)
  if (!found) throw new AuditweaveError('engine-absent', `${engine} is not installed: \`npx auditweave engine add ${engine}\` installs it.`)
  say(`Checking ${engine} in a process of its own ...`)
  return { engine, ...await probeEngine(engine, found, availableParallelism()) }
}

async function check(name: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const names = name === undefined ? ['wasm', ...OPTIONAL_ENGINES.filter((engine) => findPackage(engine) !== null)] : [name]
  const verdicts: Verdict[] = []
  for (const own of names) verdicts.push(isOptionalEngine(own) ? await checkOptional(own) : await checkWasm())
  for (const verdict of verdicts) {
    if (json) printJson(verdict)
    else process.stdout.write(`${sentence(verdict)}\n`)
  }
  if (verdicts.some(({ passed }) => !passed)) process.exitCode = 1
}

function sentence({ engine, passed, description, message, speed, busy }: Verdict): string {
  const timing = speed === null ? '' : `; trains at ${speed.toFixed(2)} times the speed of wasm${busy ? ' (the machine was busy: ask again when it is not)' : ''}`
  return `${passed ? 'passed' : 'FAILED'}  ${engine}: ${description === engine ? '' : `${description}, `}${message}${timing}`
}

async function add(name: OptionalEngine, { libtensorflow }: { libtensorflow?: string }): Promise<void> {
  if (libtensorflow !== undefined && name !== 'tensorflow') throw new AuditweaveError('wrong-use', `--libtensorflow is for the engine tensorflow, not for ${name}: leave it out.`)
  const found = await addEngine(name, { onPart: (message) => say(`${message} ...`), ...(libtensorflow === undefined ? {} : { libtensorflow }) })
  say(`${found.name} ${found.version} is in ${found.folder}`)
  await check(name, {})
}

function remove(name: OptionalEngine): void {
  const state = removeEngine(name)
  say(state === 'removed' ? `${name} was removed.` : `${name} was not installed by \`engine add\`; nothing was removed.`)
  if (findPackage(name)) say(`${name} is still there, as a package of the project: \`npm uninstall ${findPackage(name)?.name}\` removes it.`)
}
