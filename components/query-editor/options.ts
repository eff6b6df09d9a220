import type { editor } from 'monaco-editor/editor/editor.api'

/** A field that holds a line or a few, not a code editor. */
export const EDITOR_OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  minimap: { enabled: false },
  lineNumbers: 'off',
  lineDecorationsWidth: 8,
  glyphMargin: false,
  folding: false,
  renderLineHighlight: 'none',
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  scrollBeyondLastLine: false,
  scrollbar: { alwaysConsumeMouseWheel: false, vertical: 'auto', horizontal: 'hidden' },
  wordWrap: 'on',
  wordBasedSuggestions: 'off',
  // Tab leaves the field, as everywhere on a page.
  tabFocusMode: true,
  // One more set of colours would tell nothing here.
  bracketPairColorization: { enabled: false },
  contextmenu: false,
  links: false,
  // Hints and suggestions may stand outside the field's few lines.
  fixedOverflowWidgets: true,
  fontFamily: "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSize: 13,
  lineHeight: 20,
  padding: { top: 8, bottom: 8 },
  quickSuggestions: { other: true, strings: true, comments: false },
  suggest: { showWords: false, showStatusBar: false, preview: false },
}
