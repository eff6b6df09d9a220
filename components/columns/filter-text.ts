export type Operator = '>=' | '<=' | '!=' | '>' | '<' | '=' | ':'

/** A part of a filter: a column compared with a value, or a word to look for. */
export type FilterPart =
  | { readonly kind: 'condition'; readonly name: string; readonly operator: Operator; readonly value: string; readonly not: boolean }
  | { readonly kind: 'word'; readonly text: string; readonly not: boolean }

const VALUE = String.raw`(?:"([^"]*)"?|(\S+))`
const CONDITION = new RegExp(String.raw`\s*(-?)([a-zA-Z][\w.]*)\s*(>=|<=|!=|>|<|=|:)\s*${VALUE}`, 'y')
/** A condition whose value is still being typed asks for nothing. */
const BEGUN = /\s*-?[a-zA-Z][\w.]*\s*(?:>=|<=|!=|>|<|=|:)\s*$/y
const WORD = new RegExp(String.raw`\s*(-?)${VALUE}`, 'y')

/** `window >= 20 protocol = blocked -worker:2 "seed 10"`: conditions on columns, and words; a minus turns either round. All must hold. */
export function parseFilter(text: string): FilterPart[] {
  const parts: FilterPart[] = []
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at = pattern.lastIndex
    return found
  }
  while (at < text.length) {
    if (match(BEGUN)) break
    const condition = match(CONDITION)
    if (condition) {
      const [, minus, name = '', operator, quoted, plain] = condition
      parts.push({ kind: 'condition', name, operator: operator as Operator, value: quoted ?? plain ?? '', not: minus === '-' })
      continue
    }
    const word = match(WORD)
    if (!word) break
    const value = word[2] ?? word[3] ?? ''
    if (value !== '' && value !== '-') parts.push({ kind: 'word', text: value.toLowerCase(), not: word[1] === '-' })
  }
  return parts
}
