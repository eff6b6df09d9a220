import { Range, type languages } from 'monaco-editor/editor/editor.api'
import { describeAt } from '@/lib/query'
import { catalogueOf } from './catalogues'

export const HOVER_PROVIDER: languages.HoverProvider = {
  provideHover(model, position) {
    const found = describeAt(model.getValue(), model.getOffsetAt(position), catalogueOf(model.uri.toString()))
    if (!found) return null
    return {
      contents: [{ value: asCode(found.title) }, { value: found.doc }],
      range: Range.fromPositions(model.getPositionAt(found.start), model.getPositionAt(found.end)),
    }
  },
}

/** A fenced block, so that nothing in a title reads as Markdown. */
function asCode(text: string): string {
  return `\`\`\`text\n${text.replaceAll('`', "'")}\n\`\`\``
}
