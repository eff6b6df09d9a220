import { loader } from '@monaco-editor/react'
import { COMPLETION_PROVIDER } from './completion'
import { HOVER_PROVIDER } from './hover'
import { CONFIGURATION, LANGUAGE_ID, TOKENS } from './language'
import { monaco } from './monaco'
import { QUICK_FIX_PROVIDER } from './quick-fix'
import { DARK, DARK_THEME, LIGHT, LIGHT_THEME } from './themes'

/** Bundles the editor (the loader's default fetches it from another host) and teaches it the language, once a page. */
export function setUpMonaco(): void {
  if (monaco.languages.getLanguages().some((language) => language.id === LANGUAGE_ID)) return
  self.MonacoEnvironment ??= {
    getWorker: () => new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), { type: 'module' }),
  }
  loader.config({ monaco })
  monaco.languages.register({ id: LANGUAGE_ID })
  monaco.languages.setLanguageConfiguration(LANGUAGE_ID, CONFIGURATION)
  monaco.languages.setMonarchTokensProvider(LANGUAGE_ID, TOKENS)
  monaco.languages.registerCompletionItemProvider(LANGUAGE_ID, COMPLETION_PROVIDER)
  monaco.languages.registerHoverProvider(LANGUAGE_ID, HOVER_PROVIDER)
  monaco.languages.registerCodeActionProvider(LANGUAGE_ID, QUICK_FIX_PROVIDER, { providedCodeActionKinds: ['quickfix'] })
  monaco.editor.defineTheme(LIGHT_THEME, LIGHT)
  monaco.editor.defineTheme(DARK_THEME, DARK)
}
