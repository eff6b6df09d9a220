import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { parseSync } from 'oxc-parser'

/** One import as written: `target` is a repository path without extension, or a package name. */
export interface ImportEdge { readonly file: string; readonly specifier: string; readonly target: string; readonly internal: boolean; readonly typeOnly: boolean }

const SKIP = new Set(['node_modules', '.next', '.git', 'build', 'generated', '.auditweave', 'public', 'assembly'])

/** TypeScript sources under `root`, repository-relative with forward slashes. */
export function sourceFiles(root: string): string[] {
  const found: string[] = []
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        if (!SKIP.has(entry.name)) walk(join(folder, entry.name))
      } else if (/\.(ts|tsx)$/.test(entry.name) && !entry.name.endsWith('.d.ts')) found.push(relative(root, join(folder, entry.name)).split(sep).join('/'))
    }
  }
  walk(root)
  return found.sort()
}

/** Static, re-exporting and literal dynamic imports of one file, type-only ones included. */
export function importsOf(root: string, file: string): ImportEdge[] {
  const text = readFileSync(join(root, file), 'utf8')
  const { module } = parseSync(file, text)
  const edges: ImportEdge[] = []
  for (const entry of module.staticImports)
    edges.push(edge(file, entry.moduleRequest.value, entry.entries.length > 0 && entry.entries.every((e) => e.isType)))
  for (const statement of module.staticExports)
    for (const entry of statement.entries) if (entry.moduleRequest) edges.push(edge(file, entry.moduleRequest.value, entry.isType))
  for (const dynamic of module.dynamicImports) {
    const literal = /^['"]([^'"]+)['"]$/.exec(text.slice(dynamic.moduleRequest.start, dynamic.moduleRequest.end))
    if (literal?.[1]) edges.push(edge(file, literal[1], false))
  }
  return edges
}

function edge(file: string, specifier: string, typeOnly: boolean): ImportEdge {
  if (specifier.startsWith('@/')) return { file, specifier, target: specifier.slice(2), internal: true, typeOnly }
  if (specifier.startsWith('.')) return { file, specifier, target: posix.normalize(posix.join(dirname(file), specifier)), internal: true, typeOnly }
  return { file, specifier, target: specifier, internal: false, typeOnly }
}
