import { languages, Range, type editor, type Position } from 'monaco-editor/editor/editor.api'
import { completeQuery, type Completion, type CompletionKind } from '@/lib/query'
import { catalogueOf, lookUpOf } from './catalogues'
import { seenCatalogue } from './seen-catalogue'

const KINDS: Readonly<Record<CompletionKind, languages.CompletionItemKind>> = {
  field: languages.CompletionItemKind.Field,
  value: languages.CompletionItemKind.Value,
  operator: languages.CompletionItemKind.Operator,
  keyword: languages.CompletionItemKind.Keyword,
  function: languages.CompletionItemKind.Function,
  mark: languages.CompletionItemKind.Text,
}

export const COMPLETION_PROVIDER: languages.CompletionItemProvider = {
  triggerCharacters: ['.', '"', "'", '(', '[', ' ', ','],
  async provideCompletionItems(model, position, _context, token) {
    const [name, text, at] = [model.uri.toString(), model.getValue(), model.getOffsetAt(position)]
    const [known, lookUp] = [catalogueOf(name), lookUpOf(name)]
    const catalogue = lookUp ? await seenCatalogue(text, at, known, lookUp) : known
    if (token.isCancellationRequested) return { suggestions: [] }
    const found = completeQuery(text, at, catalogue)
    // `incomplete`, as what fits changes with every letter.
    return { incomplete: true, suggestions: found.map((one, index) => toItem(model, position, one, index)) }
  },
}

function toItem(model: editor.ITextModel, position: Position, one: Completion, index: number): languages.CompletionItem {
  const typed = model.getValue().slice(one.start, model.getOffsetAt(position))
  return {
    label: { label: one.label, description: one.detail },
    kind: KINDS[one.kind],
    insertText: one.insert,
    // The library has filtered and ordered already; the editor must not do so by its own rules.
    filterText: typed === '' ? one.label : typed,
    sortText: String(index).padStart(4, '0'),
    documentation: one.doc,
    range: Range.fromPositions(model.getPositionAt(one.start), model.getPositionAt(one.end)),
  }
}
