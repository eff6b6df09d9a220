import { formatQuery, isQueryError } from '@/lib/query'
import { findError } from './markers'
import { monaco } from './monaco'

type CodeEditor = monaco.editor.IStandaloneCodeEditor

/** Puts another text in as one step, which undo takes back. */
export function replaceText(editor: CodeEditor, text: string): void {
  const range = editor.getModel()?.getFullModelRange()
  if (!range || editor.getValue() === text) return
  editor.pushUndoStop()
  editor.executeEdits('auditweave', [{ range, text }])
  editor.pushUndoStop()
}

/** The keys of a query's field; Escape leaves it, so that the page's own keys work again. */
export function addEditorKeys(editor: CodeEditor, submit: () => void): void {
  editor.addAction({ id: 'auditweave.submit', label: 'Run the query', keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter], run: submit })
  editor.addAction({
    id: 'auditweave.format',
    label: 'Write the query neatly',
    keybindings: [monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF],
    run: () => {
      try {
        replaceText(editor, formatQuery(editor.getValue()))
      } catch (error) {
        // What is no query stays as it was written; its squiggle says why.
        if (!isQueryError(error)) throw error
      }
    },
  })
  editor.addAction({
    id: 'auditweave.fix',
    label: 'Take the suggestion',
    // Wherever the cursor stands: there is one error at a time.
    keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Period],
    run: () => {
      const text = editor.getValue()
      const suggestion = findError(text)?.suggestion
      if (suggestion) replaceText(editor, text.slice(0, suggestion.start) + suggestion.text + text.slice(suggestion.end))
    },
  })
  editor.addCommand(monaco.KeyCode.Escape, () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }, '!suggestWidgetVisible && !editorHasSelection && !markersNavigationVisible && !codeActionMenuVisible')
}
