import { el, type Markup, type MarkupElement } from '@/lib/export/markup'

export type TableHead = readonly [name: string, figure?: 'figure']

/** A table that scrolls by itself where it is wide; columns of figures stand right. */
export function markupTable(label: string, head: readonly TableHead[], rows: readonly (readonly Markup[])[]): MarkupElement {
  const side = (index: number): Record<string, string> => (head[index]?.[1] ? { class: 'figure' } : {})
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, el('table', {},
    el('thead', {}, el('tr', {}, head.map(([name], index) => el('th', { scope: 'col', ...side(index) }, name)))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((content, index) => el('td', side(index), content))))),
  ))
}
