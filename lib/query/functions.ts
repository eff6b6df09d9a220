/** One function as the editor offers it. */
export interface QueryFunction {
  readonly name: string
  readonly signature: string
  readonly doc: string
}

export const QUERY_FUNCTIONS: readonly QueryFunction[] = Object.freeze([
  { name: 'exists', signature: 'exists(path)', doc: 'The event has the field, and it is not null.' },
  { name: 'regexp', signature: 'regexp(path, "pattern")', doc: 'The pattern (RE2 syntax) is found somewhere in the text; ^ and $ bind it to the ends, regexp~ ignores case.' },
  { name: 'contains', signature: 'contains(path, value)', doc: 'The text holds the text, or the list holds the value; contains~ ignores case.' },
  { name: 'startsWith', signature: 'startsWith(path, "text")', doc: 'The text begins so; startsWith~ ignores case.' },
  { name: 'endsWith', signature: 'endsWith(path, "text")', doc: 'The text ends so; endsWith~ ignores case.' },
  { name: 'any', signature: 'any(test)', doc: 'The test holds of at least one event of the context, its trigger among them.' },
  { name: 'all', signature: 'all(test)', doc: 'The test holds of every event of the context.' },
  { name: 'count', signature: 'count(test)', doc: 'Of how many events of the context the test holds: count(resource == "pods") > 10.' },
])
