import { MarkerSeverity, type editor } from 'monaco-editor/editor/editor.api'
import { isQueryError, parseQuery, type QueryError } from '@/lib/query'

/** The error of a text, null where it is a query; an empty field is no error to someone who has not begun. */
export function findError(text: string): QueryError | null {
  if (text.trim() === '') return null
  try {
    parseQuery(text)
    return null
  } catch (error) {
    if (isQueryError(error)) return error
    throw error
  }
}

/** The squiggle of an error; one without width takes in the piece before it, else nothing would be seen. */
export function toMarker(model: editor.ITextModel, error: QueryError): editor.IMarkerData {
  const empty = error.start === error.end
  const from = model.getPositionAt(empty ? Math.max(0, error.start - 1) : error.start)
  const to = model.getPositionAt(empty ? error.start : error.end)
  return {
    severity: MarkerSeverity.Error,
    message: sentence(error),
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  }
}

/** The squiggle shows the place, so the words leave it out. */
function sentence(error: QueryError): string {
  return error.expected.length > 0 ? `${error.problem}: expected ${error.expected.join(', ')}` : error.problem
}
