import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { importMarkdown } from '@/lib/notebook/import-markdown'
import { sql } from './database'
import { projectRoot } from './home'
import { createNotebook } from './notebooks'

export interface ExampleNotebook { readonly name: string; readonly title: string; readonly text: string }

/** The notebooks that ship, under notebooks/, by file name. */
export async function listExampleNotebooks(): Promise<ExampleNotebook[]> {
  const folder = path.join(/* turbopackIgnore: true */ projectRoot(), 'notebooks')
  const files = (await readdir(/* turbopackIgnore: true */ folder)).filter((file) => file.endsWith('.md')).sort()
  return Promise.all(files.map(async (file) => {
    const text = await readFile(/* turbopackIgnore: true */ path.join(folder, file), 'utf8')
    return { name: file.slice(0, -'.md'.length), title: importMarkdown(text, file).title, text }
  }))
}

/** Adds the notebooks that ship, each once: one that is there already, changed or not, stays as it is. Returns the ids of the new ones. */
export async function addExampleNotebooks(): Promise<string[]> {
  const there = new Set((await sql<{ example: string }>('SELECT example FROM notebooks WHERE example IS NOT NULL')).map((row) => row.example))
  const ids: string[] = []
  for (const { name, text } of (await listExampleNotebooks()).toReversed()) {
    if (there.has(name)) continue
    const { title, document } = importMarkdown(text, name)
    ids.unshift((await createNotebook({ title, document, example: name })).id)
  }
  return ids
}
