// The command and its child processes, compiled to plain JavaScript under build/command: a process then starts in a third of the time that a loader of TypeScript takes.
// Compiled anew, in half a second, as soon as one of the sources it was made of has changed.
import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const PROJECT = {
  root: fileURLToPath(new URL('..', import.meta.url)),
  entries: {
    main: 'cli/main.ts',
    'run-child': 'lib/jobs/run-child.ts',
    'reconstruct-child': 'lib/jobs/reconstruct-child.ts',
    'import-child': 'lib/jobs/import-child.ts',
    'derive-child': 'lib/jobs/derive-child.ts',
    'rescore-child': 'lib/jobs/rescore-child.ts',
    'explain-child': 'lib/jobs/explain-child.ts',
    'asking-child': 'lib/jobs/asking/asking-child.ts',
    probe: 'lib/engine/registry/probe.node.ts',
  },
  /** Not sources of the bundle, but what decides how it is made. */
  besides: ['tsconfig.json', 'tools/compiled-command.mjs'],
}
/** Former builds that a process may still read its parts from. */
const KEPT_BUILDS = 5

/** The address of an entry's compiled module, after making it where sources are newer. */
export async function compiledEntry(name, project = PROJECT) {
  if (!Object.hasOwn(project.entries, name)) throw new Error(`There is no entry "${name}": ${Object.keys(project.entries).join(', ')}.`)
  const folder = (await freshBuild(project)) ?? (await compile(project))
  return pathToFileURL(path.join(folder, `${name}.js`)).href
}

const outputOf = ({ root }) => path.join(root, 'build', 'command')
const indexOf = (project) => path.join(outputOf(project), 'current.json')

/** The folder of the newest build, or null where there is none or one of its sources is another by now. */
async function freshBuild(project) {
  try {
    const { folder, inputs } = JSON.parse(await readFile(indexOf(project), 'utf8'))
    const built = path.join(outputOf(project), folder)
    const same = await Promise.all([stat(built), ...inputs.map((input) => isSame(project.root, input))])
    return same.includes(false) ? null : built
  } catch {
    return null
  }
}

/** By time and size; where those differ, as after a copy of the whole folder, by content. */
async function isSame(root, [file, seen, digest]) {
  return (await seenAs(root, file)) === seen || (await digestOf(root, file)) === digest
}

async function seenAs(root, file) {
  const { mtimeMs, size } = await stat(path.join(root, file))
  return `${mtimeMs} ${size}`
}

async function digestOf(root, file) {
  return createHash('sha256').update(await readFile(path.join(root, file))).digest('base64url')
}

async function compile(project) {
  const { build } = await import('esbuild')
  const folder = `${Date.now().toString(36)}-${process.pid}`
  const { metafile } = await build({
    absWorkingDir: project.root,
    entryPoints: Object.entries(project.entries).map(([out, entry]) => ({ in: entry, out })),
    outdir: path.join(outputOf(project), folder),
    bundle: true, splitting: true, metafile: true,
    platform: 'node', format: 'esm', target: 'node20', packages: 'external', logLevel: 'warning',
    plugins: [ownAddresses],
  })
  const files = [...Object.keys(metafile.inputs), ...project.besides]
  const inputs = await Promise.all(files.map(async (file) => [file, await seenAs(project.root, file), await digestOf(project.root, file)]))
  await replace(indexOf(project), JSON.stringify({ folder, inputs }))
  await forgetOldBuilds(outputOf(project))
  return path.join(outputOf(project), folder)
}

/** Sources find files beside themselves by their own address, which is not that of what they are compiled into. */
const ownAddresses = {
  name: 'own-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8')
      return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href)), loader: 'ts' }
    })
  },
}

/** Written whole under another name first, so that a reader never sees half of it. */
async function replace(file, text) {
  await writeFile(`${file}.${process.pid}`, text)
  await rename(`${file}.${process.pid}`, file)
}

async function forgetOldBuilds(output) {
  const folders = (await readdir(output, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
  for (const name of folders.slice(0, -KEPT_BUILDS)) await rm(path.join(output, name), { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compiledEntry('main')
