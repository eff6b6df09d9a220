import type { languages } from 'monaco-editor/editor/editor.api'
import { QUERY_FUNCTIONS } from '@/lib/query'

export const LANGUAGE_ID = 'auditweave-query'

export const CONFIGURATION: languages.LanguageConfiguration = {
  brackets: [['(', ')'], ['[', ']']],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: '"', close: '"', notIn: ['string'] },
    { open: "'", close: "'", notIn: ['string'] },
  ],
  surroundingPairs: [{ open: '(', close: ')' }, { open: '"', close: '"' }],
  // A path is one word, so that completion replaces all of it.
  wordPattern: /[A-Za-z_][A-Za-z0-9_.-]*/,
}

/** Colours only: what is right or wrong is the parser's to say. */
export const TOKENS: languages.IMonarchLanguage = {
  functions: QUERY_FUNCTIONS.map((one) => one.name),
  tokenizer: {
    root: [
      [/\s+/, 'white'],
      [/(?:and|or|not|in)(?:~|(?![\w.-]))/i, 'keyword'],
      [/(?:regexp?|contains|startsWith|endsWith)~?(?=\s*\()/, 'function'],
      [/(?:contains|startsWith|endsWith|matches)(?:~|(?![\w.-]|\s*\())/, 'keyword'],
      [/now(?![\w.])/, 'constant'],
      [/(?:true|false|null)(?![\w.-])/, 'constant'],
      [/[A-Za-z_][\w-]*(?=\s*\()/, { cases: { '@functions': 'function', '@default': 'path' } }],
      [/[A-Za-z_][\w.-]*/, 'path'],
      [/\d{4}-\d\d-\d\d(?:[Tt][\d:.]+(?:[Zz]|[+-]\d\d:\d\d)?)?/, 'time'],
      [/-?(?:\d+(?:\.\d+)?(?:us|ms|[smhdw]))+(?!\w)/, 'time'],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
      [/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/, 'string'],
      [/["'].*$/, 'string.open'],
      [/[!=]=~|[!=<>]=|[<>+-]/, 'operator'],
      [/&&|\|\||!/, 'keyword'],
      [/[()[\]]/, '@brackets'],
    ],
  },
}
