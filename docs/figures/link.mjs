/**
 * Puts the first figure of each report beside this file into docs/experiments.md, between its two markers:
 *   npx auditweave experiment report all -o docs/figures --format md,svg && node docs/figures/link.mjs
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const here = new URL('.', import.meta.url)
const page = new URL('../experiments.md', here)
const [BEGIN, END] = ['<!-- figures: node docs/figures/link.mjs -->', '<!-- end of figures -->']

const folders = new Set(readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name))
const text = readFileSync(page, 'utf8')
const named = [...text.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name)
const figures = named.filter((name) => folders.has(name)).flatMap((name) => {
  const report = readFileSync(new URL(`${name}/report.md`, here), 'utf8')
  const [, title, file] = /^!\[(.*)\]\(([a-z0-9-]+\.svg)\)$/m.exec(report) ?? []
  const [runs] = /\d+ runs? at the [a-z]+ scale on [^;]*/.exec(report) ?? ['']
  return file ? [`### ${name}\n\n![${title}](figures/${name}/${file})\n\n${title}: ${runs}. [The whole report](figures/${name}/report.md).`] : []
})
const [before, rest = ''] = text.split(BEGIN)
const after = rest.slice(rest.indexOf(END))
writeFileSync(page, `${before}${BEGIN}\n\n${figures.join('\n\n')}\n\n${after}`)
