import type { ReactNode } from 'react'
import { LogText } from './log-text'

/** The little of Markdown that descriptions use, as elements and never as markup: headings, lists, tables, paragraphs, `code`. */
export function Markdown({ text }: { text: string }) {
  return <div className="max-w-[90ch] space-y-3 text-dim">{text.replaceAll('\r\n', '\n').split(/\n{2,}/).map((block, index) => <Block key={index} text={block.trim()} />)}</div>
}

function Block({ text }: { text: string }): ReactNode {
  if (text === '') return null
  const heading = /^#{1,6} +(.+)$/.exec(text)?.[1]
  if (heading !== undefined) return <h3 className="text-13 text-ink"><Inline text={heading} /></h3>
  if (/^[|]/.test(text)) return <Table rows={text.split('\n').map(cellsOf)} />
  const lines = text.split('\n')
  if (!/^[-*] /.test(text)) return <p><Inline text={lines.join(' ')} /></p>
  const items = lines.reduce<string[]>((found, line) => (/^[-*] /.test(line) ? [...found, line.slice(2)] : [...found.slice(0, -1), `${found.at(-1) ?? ''} ${line.trim()}`]), [])
  return <ul className="list-disc space-y-1 pl-5">{items.map((item, index) => <li key={index}><Inline text={item} /></li>)}</ul>
}

/** Cells of a line `| a | b |`; a bar inside one would be written `\|`, which descriptions do without. */
function cellsOf(line: string): string[] {
  return line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim())
}

function Table({ rows }: { rows: readonly (readonly string[])[] }) {
  const [head = [], , ...body] = rows
  return (
    <table className="text-left">
      {head.some((cell) => cell !== '') ? <thead><tr>{head.map((cell, index) => <th key={index} scope="col" className="py-0.5 pr-5 align-top font-medium"><Inline text={cell} /></th>)}</tr></thead> : null}
      <tbody>{body.map((cells, row) => <tr key={row}>{cells.map((cell, index) => <td key={index} className="py-0.5 pr-5 align-top"><Inline text={cell} /></td>)}</tr>)}</tbody>
    </table>
  )
}

function Inline({ text }: { text: string }): ReactNode {
  return text.split(/(`[^`]+`)/).map((part, index) => (part.startsWith('`') && part.length > 2 ? <code key={index} className="font-mono text-12 text-ink">{part.slice(1, -1)}</code> : <LogText key={index} text={part || ' '} limit={10_000} />))
}
