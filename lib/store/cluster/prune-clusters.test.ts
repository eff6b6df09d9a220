import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noteHome, pruneClusters } from './prune-clusters'

const DAY = 24 * 3600 * 1000
let root = ''
let clusters = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'auditweave-prune-'))
  clusters = path.join(root, 'clusters')
})
afterEach(() => rmSync(root, { recursive: true }))

function cluster(name: string): { folder: string; home: string } {
  const [folder, home] = [path.join(clusters, name), path.join(root, 'homes', name)]
  for (const made of [folder, home]) mkdirSync(made, { recursive: true })
  writeFileSync(path.join(folder, 'PG_VERSION'), '18')
  writeFileSync(path.join(home, 'cluster.json'), JSON.stringify({ folder }))
  noteHome(folder, home)
  return { folder, home }
}

describe('clusters of data folders that are gone', () => {
  it('go when they have been missing for a month, and no others', () => {
    const [kept, gone] = [cluster('kept'), cluster('gone')]
    rmSync(gone.home, { recursive: true })
    expect(pruneClusters(clusters, DAY)).toEqual([])
    expect(pruneClusters(clusters, 30 * DAY)).toEqual([])
    expect(pruneClusters(clusters, 32 * DAY)).toEqual([gone.folder])
    expect([existsSync(kept.folder), existsSync(gone.folder), existsSync(`${gone.folder}.home`)]).toEqual([true, false, false])
    expect(pruneClusters(clusters, 64 * DAY)).toEqual([])
  })

  it('stay when the data folder comes back meanwhile: a month begins anew', () => {
    const { folder, home } = cluster('unplugged')
    rmSync(home, { recursive: true })
    pruneClusters(clusters, DAY)
    mkdirSync(home)
    writeFileSync(path.join(home, 'cluster.json'), JSON.stringify({ folder }))
    pruneClusters(clusters, 20 * DAY)
    rmSync(home, { recursive: true })
    expect(pruneClusters(clusters, 40 * DAY)).toEqual([])
    expect(pruneClusters(clusters, 60 * DAY)).toEqual([])
    expect(pruneClusters(clusters, 71 * DAY)).toEqual([folder])
  })

  it('go too when another cluster has taken their place in the data folder', () => {
    const { folder, home } = cluster('replaced')
    writeFileSync(path.join(home, 'cluster.json'), JSON.stringify({ folder: path.join(clusters, 'newer') }))
    pruneClusters(clusters, DAY)
    expect(pruneClusters(clusters, 40 * DAY)).toEqual([folder])
  })

  it('stay while they run, while the data folder cannot be read, and where nobody noted whose they are', () => {
    const [running, unreadable] = [cluster('running'), cluster('unreadable')]
    rmSync(running.home, { recursive: true })
    writeFileSync(path.join(running.folder, 'postmaster.pid'), `${process.pid}\n`)
    writeFileSync(path.join(unreadable.home, 'cluster.json'), 'half writ')
    mkdirSync(path.join(clusters, 'old'))
    writeFileSync(path.join(clusters, 'nonsense.home'), '{"home": 3}')
    for (const day of [1, 40, 80]) expect(pruneClusters(clusters, day * DAY)).toEqual([])
    expect(existsSync(path.join(clusters, 'old'))).toBe(true)
  })

  it('leave no note behind when somebody else removed them', () => {
    const { folder } = cluster('removed')
    rmSync(folder, { recursive: true })
    expect(pruneClusters(clusters)).toEqual([])
    expect(existsSync(`${folder}.home`)).toBe(false)
  })

  it('are none where no cluster lies outside its data folder', () => expect(pruneClusters(path.join(root, 'nothing'))).toEqual([]))
})
