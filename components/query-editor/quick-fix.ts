import { Range, type languages } from 'monaco-editor/editor/editor.api'
import { findError } from './markers'

/** Offers what an error says was probably meant. */
export const QUICK_FIX_PROVIDER: languages.CodeActionProvider = {
  provideCodeActions(model, _range, { markers }) {
    const suggestion = findError(model.getValue())?.suggestion
    if (!suggestion || markers.length === 0) return { actions: [], dispose: () => {} }
    const { start, end, text } = suggestion
    const range = Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
    const action: languages.CodeAction = {
      title: fixTitle(model.getValue().slice(start, end), text),
      kind: 'quickfix',
      diagnostics: [...markers],
      isPreferred: true,
      edit: { edits: [{ resource: model.uri, versionId: model.getVersionId(), textEdit: { range, text } }] },
    }
    return { actions: [action], dispose: () => {} }
  },
}

/** What taking a suggestion does, in words. */
export function fixTitle(before: string, after: string): string {
  if (before.trim() === '') return `Insert ${after.trim()}`
  return after === '' ? `Remove ${before}` : `Replace ${before} by ${after}`
}
