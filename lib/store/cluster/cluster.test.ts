import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clusterFolder } from './create-cluster'
import { runningAddress, startCluster, stopCluster } from './cluster'
import { serverAccount } from './account'

async function query(address: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: address })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

describe('the embedded PostgreSQL', () => {
  let home = ''
  let address = ''
  beforeAll(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'auditweave-cluster-'))
    // mkdtemp gives 0700: the case that root must move the cluster out of.
    address = await startCluster(home)
  })
  afterAll(async () => {
    await stopCluster(home)
    const folder = clusterFolder(home, serverAccount())
    for (const place of [folder, `${folder}.home`, home]) rmSync(place, { recursive: true, force: true })
  })

  it('keeps a random password in a file of mode 0600', () => {
    const file = path.join(home, 'postgres.password')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toMatch(/^[\w-]{32}$/)
  })

  it('keeps its files for the server account alone', () => {
    expect(statSync(clusterFolder(home, serverAccount())).mode & 0o777).toBe(0o700)
  })

  it('listens on 127.0.0.1 alone, without a unix socket, and wants the password', async () => {
    expect(await query(address, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    expect(await query(address, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }])
    const wrong = Object.assign(new URL(address), { password: 'wrong' }).href
    await expect(query(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
  })

  it('is the same for all who start it', async () => {
    expect(await Promise.all([startCluster(home), startCluster(home)])).toEqual([address, address])
    expect(await runningAddress(home)).toBe(address)
  })

  it('comes back with what was committed after kill -9', async () => {
    await query(address, 'CREATE TABLE kept (n int)')
    await query(address, 'INSERT INTO kept VALUES (42)')
    const pid = Number(readFileSync(path.join(clusterFolder(home, serverAccount()), 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 'SIGKILL')
    expect(await query(await startCluster(home), 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  })

  it('is not stopped while somebody uses it', async () => {
    await stopCluster(home, () => false)
    expect(await runningAddress(home)).not.toBeNull()
    await stopCluster(home)
    expect(await runningAddress(home)).toBeNull()
    address = await startCluster(home)
  })
})

describe('a data folder with its cluster inside', () => {
  it('is the same after a move, and a copy is one of its own', async () => {
    const place = mkdtempSync(path.join(tmpdir(), 'auditweave-moved-'))
    chmodSync(place, 0o755)
    const [first, moved, copy] = ['first', 'moved', 'copy'].map((name) => path.join(place, name)) as [string, string, string]
    const open: string[] = []
    const start = (home: string): Promise<string> => { open.push(home); return startCluster(home) }
    try {
      await query(await start(first), 'CREATE TABLE kept AS SELECT 1 AS n')
      // As a copy that is made while it runs has it: the other's port stands in it.
      const running = readFileSync(path.join(first, 'postgres', 'postmaster.pid'))
      await stopCluster(first)
      spawnSync('cp', ['-a', first, copy])
      renameSync(first, moved)
      // Written so by earlier versions.
      writeFileSync(path.join(moved, 'cluster.json'), JSON.stringify({ folder: path.join(first, 'postgres') }))
      const there = await start(moved)
      expect(await query(there, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
      writeFileSync(path.join(copy, 'postgres', 'postmaster.pid'), running)
      const other = await start(copy)
      await query(other, 'UPDATE kept SET n = 2')
      expect(await query(there, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
      expect(await query(other, 'SHOW data_directory')).toEqual([{ data_directory: path.join(copy, 'postgres') }])
    } finally {
      for (const home of open) await stopCluster(home).catch(() => {})
      rmSync(place, { recursive: true, force: true })
    }
  })
})

describe.runIf(process.getuid?.() === 0)('as root', () => {
  it('refuses a copy of a data folder whose cluster lies outside, and takes one that was moved', async () => {
    const place = mkdtempSync(path.join(homedir(), '.auditweave-copied-'))
    const [first, copy, moved] = ['first', 'copy', 'moved'].map((name) => path.join(place, name)) as [string, string, string]
    mkdirSync(first, { mode: 0o755 })
    let folder = ''
    try {
      const address = await startCluster(first)
      folder = clusterFolder(first, serverAccount())
      expect(folder).not.toContain(place)
      spawnSync('cp', ['-a', first, copy])
      await expect(startCluster(copy)).rejects.toMatchObject({ code: 'bad-home', message: expect.stringContaining(`is a copy of ${first}`) as string })
      await stopCluster(first)
      renameSync(first, moved)
      expect(new URL(await startCluster(moved)).password).toBe(new URL(address).password)
    } finally {
      await stopCluster(moved).catch(() => {})
      for (const one of [place, folder, `${folder}.home`]) if (one !== '') rmSync(one, { recursive: true, force: true })
    }
  })


  it('puts the cluster where the server account can go when the data folder is closed to it', () => {
    const closed = mkdtempSync(path.join(homedir(), '.auditweave-test-'))
    const open = mkdtempSync(path.join(tmpdir(), 'auditweave-open-'))
    const [below, beside] = [path.join(closed, 'home'), path.join(open, 'home')]
    try {
      for (const folder of [below, beside]) mkdirSync(folder, { mode: 0o755 })
      expect(clusterFolder(below, serverAccount())).not.toContain(closed)
      // Said once, kept for good.
      expect(clusterFolder(below, null)).toBe(clusterFolder(below, serverAccount()))
      expect(clusterFolder(beside, null)).toBe(path.join(beside, 'postgres'))
      // A new data folder in the place of a deleted one must not meet the old one's password.
      const before = clusterFolder(below, null)
      rmSync(below, { recursive: true })
      expect(clusterFolder(below, serverAccount())).not.toBe(before)
    } finally {
      for (const folder of [closed, open]) rmSync(folder, { recursive: true })
    }
  })
})
