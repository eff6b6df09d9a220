import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { LAYERS, PACKAGES, PORTABLE } from './dependency-rules'
import { importsOf, sourceFiles, type ImportEdge } from './import-graph'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = sourceFiles(root)
const edges = files.flatMap((file) => importsOf(root, file))
const inside = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)
const isTest = (file: string): boolean => /\.test\.tsx?$|\/(testing|golden|fixtures)\/|\/testing\.ts$/.test(file)
const say = (e: ImportEdge): string => `${e.file} imports ${e.specifier}`

describe('dependency rules', () => {
  it('reads the sources', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(edges.some((e) => e.internal)).toBe(true)
  })

  it.each(LAYERS)('$from imports only what lies below it: $why', ({ from, may, typesOf = [] }) => {
    const wrong = edges.filter((e) => inside(e.file, from) && e.internal && !isTest(e.file) && !inside(e.target, from) && !may.some((folder) => inside(e.target, folder)) && !(e.typeOnly && typesOf.includes(e.target)) && !e.target.endsWith('package.json'))
    expect(wrong.map(say)).toEqual([])
  })

  it.each(PACKAGES)('$pattern stays in its folders: $why', ({ pattern, only }) => {
    const wrong = edges.filter((e) => !e.internal && pattern.test(e.specifier) && !isTest(e.file) && !only.some((folder) => inside(e.file, folder)))
    expect(wrong.map(say)).toEqual([])
  })

  it('keeps Node out of what runs in the browser', () => {
    const node = /^node:/
    const wrong = edges.filter((e) => !isTest(e.file) && PORTABLE.some((folder) => inside(e.file, folder)) && !e.file.includes('.node.') && (node.test(e.specifier) || (e.internal && !e.typeOnly && /\.node(\.ts)?$/.test(e.target))))
    expect(wrong.map(say)).toEqual([])
  })

  it('has no import that leads nowhere', () => {
    const wrong = edges.filter((e) => e.internal && !inside(e.target, 'generated') && !['', '.ts', '.tsx', '.mjs', '.css', '/index.ts', '/index.tsx', '.json'].some((suffix) => existsSync(root + e.target + suffix)))
    expect(wrong.map(say)).toEqual([])
  })

  it('has no cycles', () => {
    expect(findCycle(edges.filter((e) => e.internal && !e.typeOnly))).toEqual([])
  })
})

function findCycle(all: readonly ImportEdge[]): string[] {
  const next = new Map<string, string[]>()
  const key = (path: string): string => path.replace(/\.tsx?$/, '')
  for (const e of all) next.set(key(e.file), [...(next.get(key(e.file)) ?? []), key(e.target)])
  const done = new Set<string>()
  const path: string[] = []
  const visit = (node: string): string[] => {
    if (done.has(node)) return []
    const at = path.indexOf(node)
    if (at >= 0) return [...path.slice(at), node]
    path.push(node)
    for (const target of next.get(node) ?? []) {
      const cycle = visit(target)
      if (cycle.length) return cycle
    }
    path.pop()
    done.add(node)
    return []
  }
  for (const node of next.keys()) {
    const cycle = visit(node)
    if (cycle.length) return cycle
  }
  return []
}
