/** One function as the editor offers it. */
export interface QueryFunction {
  readonly name: string
  readonly signature: string
  readonly doc: string
}

export const QUERY_FUNCTIONS: readonly QueryFunction[] = Object.freeze([
  { name: 'exists', signature: 'exists(path)', doc: 'The event has the field, and it is not null.' },
  { name: 'regexp', signature: 'regexp(path, "pattern")', doc: 'The pattern (RE2 syntax) is found somewhere in the text; ^ and $ bind it to the ends, (?i) ignores case.' },
  { name: 'contains', signature: 'contains(path, value)', doc: 'The text holds the text, or the list holds the value.' },
  { name: 'startsWith', signature: 'startsWith(path, "text")', doc: 'The text begins so.' },
  { name: 'endsWith', signature: 'endsWith(path, "text")', doc: 'The text ends so.' },
])
