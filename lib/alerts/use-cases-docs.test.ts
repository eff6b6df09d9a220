import { execSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it, test } from 'vitest'
import { STARTER_WATCHES } from '@/lib/live/starter-watches'
import { compileColumns, parseQuery, pathsRead } from '@/lib/query'
import { shippedLines } from './testing.node.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${ROOT}/docs/use-cases.md`, 'utf8')

/** Each command with what the page says it prints. */
const COMMANDS = [...page.matchAll(/```console\n([\s\S]*?)\n```/g)].flatMap(([, block = '']) => block.split(/^\$ /m).filter((text) => text !== '').map((text) => {
  const [command = '', ...printed] = text.trimEnd().split('\n')
  return [command, printed.join('\n')] as const
}))

it('has a command for every case', () => expect(COMMANDS.length).toBe(6))

test.each(COMMANDS)('%s', (command, printed) => {
  const output = execSync(command.replace('npx auditweave', `"${process.execPath}" bin/auditweave.mjs`), { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  expect(output.trimEnd()).toBe(printed)
})

const ROWS = page.split('\n').filter((line) => /^\| .+ \| (?:info|low|medium|high) \|/.test(line)).map((line) => line.split('|').map((cell) => cell.trim()).slice(1, -1))

// lab-a is forty times as large, and says nothing that the smaller one does not
test.each([['incidents-a', 2], ...(process.env.AUDITWEAVE_LONG === '1' ? [['lab-a', 3] as const] : [])] as const)('states how many contexts of %s each watch alerts on', async (folder, column) => {
  const nodes = STARTER_WATCHES.map(({ query }) => parseQuery(query))
  const { columns } = await shippedLines(folder, nodes.flatMap((node) => pathsRead(node)))
  expect(ROWS.map((row) => [row[0], row[1], row[column]])).toEqual(STARTER_WATCHES.map(({ name, severity }, at) => [name, severity, String(compileColumns(nodes[at] ?? parseQuery('size > 0')).run(columns).count())]))
}, 120_000)
