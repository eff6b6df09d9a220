import { CARD_FIELDS, type DatasetCard } from './card'

/** What is counted, to stand beside what was said. */
export interface CardFigures {
  readonly name: string
  readonly description: string
  readonly events: number
  readonly requests: number
  readonly first: string | null
  readonly last: string | null
  readonly levels: Readonly<Record<string, number>>
  readonly labelled: number
  readonly contexts: number
  readonly classes: number
  readonly roles: Readonly<Record<string, number>>
  readonly secretsKept: boolean
  readonly version: { readonly number: number; readonly eventsSha256: string; readonly labelsSha256: string; readonly at: string } | null
  /** Data sets it was made from, by which operation. */
  readonly madeFrom: string | null
}

/** A data set's card as Markdown: what was said, then what was counted. Names come from logs, so nothing in them marks anything up. */
export function cardMarkdown(card: DatasetCard, figures: CardFigures): string {
  const said = CARD_FIELDS.flatMap(({ field, title }) => [`## ${title}`, '', card[field] === '' ? '*Not said.*' : card[field], ''])
  const rows = figureRows(figures).map(([name, value]) => `| ${cell(name)} | ${cell(value)} |`)
  const description = figures.description.trim() === '' ? [] : [figures.description.trim(), '']
  return [`# ${plain(figures.name)}`, '', ...description, ...said, '## Figures', '', '| | |', '| --- | --- |', ...rows, ''].join('\n')
}

function figureRows(figures: CardFigures): [string, string][] {
  const count = (value: number): string => value.toLocaleString('en')
  const list = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).filter(([, value]) => value > 0).map(([name, value]) => `${name} ${count(value)}`).join(', ') || '–'
  const version = figures.version
  return [
    ['Events', count(figures.events)], ['Requests', count(figures.requests)], ['First event', figures.first ?? '–'], ['Last event', figures.last ?? '–'], ['Audit levels', list(figures.levels)],
    ['Labelled requests', `${count(figures.labelled)} of ${count(figures.requests)}`], ['Roles', list(figures.roles)], ['Contexts', count(figures.contexts)], ['Classes', count(figures.classes)],
    ['Secrets', figures.secretsKept ? 'kept as logged' : 'taken out at import'], ['Made from', figures.madeFrom ?? 'an import'],
    ['Version', version ? `${version.number}, frozen ${version.at}` : 'not frozen yet'],
    ...(version ? [['SHA-256 of the events', version.eventsSha256], ['SHA-256 of the labels', version.labelsSha256]] as [string, string][] : []),
  ]
}

function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ')
}

function cell(text: string): string {
  return plain(text)
}
