import { describe, expect, test } from 'vitest'
import { AUDIT_CATALOGUE, completeQuery, describeAt, explainQuery, parseQuery, QUERY_FIELDS } from '@/lib/query'

/** The text with `|` where the cursor is. */
function labels(marked: string, values: Record<string, string[]> = {}): string[] {
  const position = marked.indexOf('|')
  return completeQuery(marked.replace('|', ''), position, { ...AUDIT_CATALOGUE, values }).map((one) => one.label)
}

describe('completion', () => {
  test('offers fields and functions where a test begins', () => {
    for (const text of ['|', 'verb == "get" and |', 'not (|']) {
      expect(labels(text)).toEqual(expect.arrayContaining(['verb', 'user.username', 'username', 'exists', 'regexp', 'not']))
      expect(labels(text)).not.toContain('==')
    }
  })
  test('narrows by what is typed, beginnings first', () => {
    expect(labels('ver|')[0]).toBe('verb')
    expect(labels('objectRef.na|')).toEqual(['objectRef.namespace', 'objectRef.name'])
    expect(labels('annotations["auth|')[0]).toBe('annotations["authorization.k8s.io/decision"]')
    expect(labels('VERB == "x" or user.USER|')).toContain('user.username')
  })
  test('offers operators after a path, joins after a test', () => {
    expect(labels('verb |')).toEqual(['==', '!=', '==~', '!=~', '<', '<=', '>', '>=', 'contains', 'startsWith', 'endsWith', 'matches', 'not', 'in'])
    expect(labels('verb == "get" |')).toEqual(['and', 'or'])
    expect(labels('(verb == "get" |')).toEqual(['and', 'or', ')'])
    expect(labels('verb == "get" a|')).toEqual(['and'])
  })
  test('offers values of the field, those seen in the data first', () => {
    const values = { 'user.username': ['alice', 'bo"b'] }
    expect(labels('username == |', values).slice(0, 2)).toEqual(['"alice"', String.raw`"bo\"b"`])
    expect(labels('user.username == "al|', values)).toEqual(['"alice"'])
    expect(labels('username in ("alice", |', values)).toContain(String.raw`"bo\"b"`)
    expect(labels('contains(username, |', values)).toContain('"alice"')
    expect(labels('label.single == |')).toEqual(expect.arrayContaining(['true', 'false']))
    expect(labels('code >= |').slice(0, 2)).toEqual(['200', '201'])
    expect(labels('exists(|', values)).toContain('username')
  })
  test('goes on from a place in a list, whichever it is', () => {
    expect(labels('requestObject.spec.containers[|')).toContain('requestObject.spec.containers[*].image')
    expect(labels('requestObject.spec.containers[*].im|')).toEqual(['requestObject.spec.containers[*].image'])
    expect(labels('requestObject.spec.containers[3].im|')).toEqual(['requestObject.spec.containers[3].image'])
    expect(describeAt('requestObject.spec.containers[3].image == "x"', 3)?.doc).toContain('any container')
    expect(labels('requestObject.spec.containers[*].image == |', { 'requestObject.spec.containers[*].image': ['nginx:1'] })).toContain('"nginx:1"')
  })
  test('replaces the whole word, and a closing quote that is there', () => {
    expect(completeQuery('verb == "de"', 11)[0]).toMatchObject({ insert: '"delete"', start: 8, end: 12 })
    expect(completeQuery('x or user.us', 12)[0]?.start).toBeUndefined()
    expect(completeQuery('verb == "x" or user.us', 22)[0]).toMatchObject({ insert: 'user.username', start: 15, end: 22 })
  })
  test('offers nothing where the text before is wrong', () => {
    expect(labels('verb ) |')).toEqual([])
  })
  test('an unfriendly path of the values is not reached through a prototype', () => {
    expect(labels('requestObject.constructor == |')).toEqual(['regexp(…)', ...QUERY_FIELDS.map((field) => field.path)].filter((label) => label === 'regexp(…)'))
  })
})

test('every offered field parses and explains as its full path', () => {
  for (const field of QUERY_FIELDS) {
    expect(explainQuery(parseQuery(`exists(${field.path})`))).toBe(`exists(${field.aliasOf ?? field.path})`)
    expect(field.doc.length, field.path).toBeGreaterThan(10)
  }
})

test('hover tells fields and functions', () => {
  const text = 'exists(username) and verb == "get"'
  expect(describeAt(text, 2)).toMatchObject({ title: 'exists(path)', start: 0, end: 6 })
  expect(describeAt(text, 9)?.title).toBe('username: text, short for user.username')
  expect(describeAt(text, 22)?.doc).toBe('What the request does. (audit.k8s.io/v1 Event)')
  expect(describeAt(text, 31)).toBeNull()
  expect(describeAt(text, 18)).toMatchObject({ title: 'and', start: 17, end: 20 })
  expect(describeAt('code !=~ 1', 6)?.doc).toContain('without its case')
  expect(describeAt('regex~(name, "x")', 1)?.title).toBe('regexp(path, "pattern")')
  expect(describeAt('duration > 5s', 1)).toMatchObject({ title: 'duration: duration, short for context.duration', doc: expect.stringContaining('found by Auditweave') as string })
})
