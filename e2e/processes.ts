import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

interface Line { readonly pid: number; readonly parent: number; readonly state: string; readonly args: string }

function listProcesses(): Line[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8', maxBuffer: 1 << 26 })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state, args] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), state: state ?? '', args: args ?? '' }]
  })
}

/** All processes below one, it left out, as "pid args". */
export function descendants(root: number): Map<number, string> {
  const all = listProcesses()
  const found = new Map<number, string>()
  const visit = (parent: number): void => {
    for (const { pid, args } of all.filter((one) => one.parent === parent)) {
      found.set(pid, args)
      visit(pid)
    }
  }
  visit(root)
  return found
}

/** Those of them that still run; one that nobody has waited for runs no more. */
export function alive(pids: Iterable<number>): string[] {
  const wanted = new Set(pids)
  return listProcesses().filter(({ pid, state }) => wanted.has(pid) && !state.startsWith('Z')).map(({ pid, args }) => `${pid} ${args}`)
}

/** The embedded PostgreSQL of a data folder: its first process and those below it. */
export function postgresOf(home: string): number[] {
  const { folder } = JSON.parse(readFileSync(join(home, 'cluster.json'), 'utf8')) as { folder: string }
  const first = Number(readFileSync(resolve(home, folder, 'postmaster.pid'), 'utf8').split('\n')[0])
  return [first, ...descendants(first).keys()]
}
