import type { editor } from 'monaco-editor/editor/editor.api'

export const LIGHT_THEME = 'auditweave-light'
export const DARK_THEME = 'auditweave-dark'

/** Text colours reach 4.5:1 on both grounds; kinds differ in weight or slant too, never by colour alone. */
function rules(colours: Readonly<Record<'keyword' | 'function' | 'value' | 'text' | 'path' | 'wrong', string>>): editor.ITokenThemeRule[] {
  return [
    { token: 'keyword', foreground: colours.keyword, fontStyle: 'bold' },
    { token: 'operator', foreground: colours.keyword },
    { token: 'function', foreground: colours.function, fontStyle: 'italic' },
    { token: 'constant', foreground: colours.value },
    { token: 'number', foreground: colours.value },
    { token: 'time', foreground: colours.value },
    { token: 'string', foreground: colours.text },
    { token: 'string.open', foreground: colours.wrong },
    { token: 'path', foreground: colours.path },
  ]
}

export const LIGHT: editor.IStandaloneThemeData = {
  base: 'vs',
  inherit: true,
  rules: rules({ keyword: '2563eb', function: '7c3aed', value: '9a4a00', text: '067647', path: '18181b', wrong: 'b42318' }),
  colors: { 'editor.background': '#ffffff', 'editor.foreground': '#18181b', 'editorWidget.border': '#e4e4e7', 'input.placeholderForeground': '#63636d' },
}

export const DARK: editor.IStandaloneThemeData = {
  base: 'vs-dark',
  inherit: true,
  rules: rules({ keyword: '7aa2ff', function: 'c4a1ff', value: 'f0b35a', text: '5bd29a', path: 'ececee', wrong: 'ff8a7a' }),
  colors: { 'editor.background': '#111113', 'editor.foreground': '#ececee', 'editorWidget.border': '#2a2a2e', 'input.placeholderForeground': '#a1a1aa' },
}
