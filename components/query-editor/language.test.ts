import { describe, expect, test } from 'vitest'
import { QUERY_FIELDS, QUERY_FUNCTIONS } from '@/lib/query'
import { TOKENS } from './language'

type Rule = [RegExp, string | { cases: Record<string, string> }]

/** The root rules as Monarch runs them: the first that matches at a place wins. */
function tokensOf(text: string): [string, string][] {
  const found: [string, string][] = []
  for (let at = 0; at < text.length; ) {
    const [length, name] = tokenAt(text, at)
    if (name !== 'white') found.push([text.slice(at, at + length), name])
    at += length
  }
  return found
}

function tokenAt(text: string, at: number): [number, string] {
  for (const [pattern, action] of TOKENS.tokenizer.root as unknown as Rule[]) {
    const match = new RegExp(pattern.source, `${pattern.flags}y`)
    match.lastIndex = at
    const piece = match.exec(text)?.[0]
    if (!piece) continue
    const known = QUERY_FUNCTIONS.some((one) => one.name === piece)
    return [piece.length, typeof action === 'string' ? action : (action.cases[known ? '@functions' : '@default'] ?? '')]
  }
  return [1, 'none']
}

describe('highlighting', () => {
  test('names every kind of token', () => {
    expect(tokensOf(`not exists(user.username) && verb != "a\\"b" or 2026-11-23T06:39:45.4Z <= requestTime`)).toEqual([
      ['not', 'keyword'], ['exists', 'function'], ['(', '@brackets'], ['user.username', 'path'], [')', '@brackets'], ['&&', 'keyword'], ['verb', 'path'], ['!=', 'operator'],
      ['"a\\"b"', 'string'], ['or', 'keyword'], ['2026-11-23T06:39:45.4Z', 'time'], ['<=', 'operator'], ['requestTime', 'path'],
    ])
    expect(tokensOf(`x in [-1.5e3, true] and 'open`).map(([, name]) => name)).toEqual(['path', 'keyword', '@brackets', 'number', 'none', 'constant', '@brackets', 'keyword', 'string.open'])
  })

  test('names what ignores case, moves times and asks members', () => {
    expect(tokensOf(`count(userAgent contains~ "k") > 1 and requestTime > now - 1h30m or verb in~ ("a") and regexp~(name, "x") and code !=~ 1`).filter(([, name]) => name !== '@brackets' && name !== 'none')).toEqual([
      ['count', 'function'], ['userAgent', 'path'], ['contains~', 'keyword'], ['"k"', 'string'], ['>', 'operator'], ['1', 'number'], ['and', 'keyword'], ['requestTime', 'path'], ['>', 'operator'],
      ['now', 'constant'], ['-', 'operator'], ['1h30m', 'time'], ['or', 'keyword'], ['verb', 'path'], ['in~', 'keyword'], ['"a"', 'string'], ['and', 'keyword'], ['regexp~', 'function'], ['name', 'path'],
      ['"x"', 'string'], ['and', 'keyword'], ['code', 'path'], ['!=~', 'operator'], ['1', 'number'],
    ])
  })

  test('a field is never a keyword', () => {
    for (const field of QUERY_FIELDS) expect(tokensOf(field.path)[0]?.[1], field.path).toBe('path')
  })
})
