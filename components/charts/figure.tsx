'use client'
import { useId, useRef, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { showFailure, showToast } from '@/components/ui/toast'
import { formatFigure } from '@/components/format/number'
import { toCsv, type Cell } from './csv'
import { standaloneSvg, svgToPng } from './export-svg'
import { saveFile } from './save-file'

export interface FigureData {
  readonly header: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Files that are made elsewhere than from `data`; what is left out is not offered, but for CSV. */
export interface FigureTexts {
  readonly csv?: () => string
  readonly latex?: () => string
  readonly markdown?: () => string
}

interface Props {
  id: string
  title: string
  /** Names the protocol. */
  note?: ReactNode
  data: FigureData
  texts?: FigureTexts
  /** Whether there is a picture to save; a table has none. */
  drawn?: boolean
  children: ReactNode
}

/** A chart or table with its title line, and its data, files and link at hand. */
export function Figure({ id, title, note, data, texts = {}, drawn = true, children }: Props) {
  const [tabular, setTabular] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const heading = useId()
  const draw = (): string => {
    const svg = body.current?.querySelector('svg')
    if (!svg) throw new Error('Show the picture first: press "picture".')
    return standaloneSvg(svg, title)
  }
  const copyLink = async (): Promise<void> => {
    const url = new URL(location.href)
    url.hash = id
    await navigator.clipboard.writeText(url.href)
    showToast('The link to this chart is copied.')
  }
  return (
    <figure id={id} aria-labelledby={heading} className="scroll-mt-16 rounded-md border border-line target:border-accent">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-3 pt-2">
        <figcaption id={heading} className="font-semibold">{title}</figcaption>
        <div className="-mr-1 flex" role="group" aria-label={`Export: ${title}`}>
          <Tool onClick={() => setTabular((now) => !now)} pressed={tabular}>{tabular ? (drawn ? 'picture' : 'table') : 'data'}</Tool>
          {drawn ? (
            <>
              <Tool onClick={() => attempt(() => saveFile(`${id}.svg`, draw(), 'image/svg+xml'))}>SVG</Tool>
              <Tool onClick={() => attempt(async () => saveFile(`${id}.png`, await svgToPng(draw())))}>PNG</Tool>
            </>
          ) : null}
          <Tool onClick={() => saveFile(`${id}.csv`, texts.csv?.() ?? toCsv(data.header, data.rows), 'text/csv;charset=utf-8')}>CSV</Tool>
          <TextTool name={`${id}.tex`} label="LaTeX" text={texts.latex} />
          <TextTool name={`${id}.md`} label="Markdown" text={texts.markdown} />
          <Tool onClick={() => attempt(copyLink)}>copy link</Tool>
        </div>
        {note ? <p className="w-full text-12 text-dim">{note}</p> : null}
      </div>
      <div ref={body} className="px-1 pb-2">{tabular ? <DataTable data={data} /> : children}</div>
    </figure>
  )
}

function attempt(work: () => void | Promise<void>): void {
  Promise.resolve().then(work).catch(showFailure)
}

function TextTool({ name, label, text }: { name: string; label: string; text: (() => string) | undefined }) {
  return text ? <Tool onClick={() => attempt(() => saveFile(name, text()))}>{label}</Tool> : null
}

function Tool({ children, onClick, pressed }: { children: ReactNode; onClick: () => void; pressed?: boolean }) {
  return <Button tone="quiet" size="sm" className="h-6 px-1.5" onClick={onClick} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}>{children}</Button>
}

function DataTable({ data }: { data: FigureData }) {
  return (
    <div className="mx-2 max-h-72 overflow-auto" tabIndex={0} role="region" aria-label="Data of the chart">
      <table className="w-full text-12">
        <thead className="sticky top-0 bg-bg"><tr>{data.header.map((name) => <th key={name} scope="col" className="border-b border-line px-2 py-1 text-left font-medium text-dim">{name}</th>)}</tr></thead>
        <tbody>
          {data.rows.map((row, index) => (
            <tr key={index}>{row.map((value, column) => <td key={column} className="border-b border-line px-2 py-1">{typeof value === 'number' ? formatFigure(value) : (value ?? '–')}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
