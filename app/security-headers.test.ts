import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DATA_POLICY, FIXED_HEADERS, pagePolicy, STATIC_POLICY } from './security-headers'

/** A policy by directive. */
function directives(policy: string): Map<string, string[]> {
  return new Map(policy.split('; ').map((one) => {
    const [name = '', ...sources] = one.split(' ')
    return [name, sources]
  }))
}

describe('the policy of a page', () => {
  const policy = directives(pagePolicy('bm9uY2U=', false))
  it('runs no script but those of this answer, and makes no code of text', () => {
    expect(policy.get('script-src')).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'", "'wasm-unsafe-eval'"])
    for (const text of [pagePolicy('n', false), STATIC_POLICY, DATA_POLICY]) expect(text).not.toContain("'unsafe-eval'")
    expect(directives(STATIC_POLICY).get('script-src')).not.toContain("'unsafe-inline'")
  })
  it('talks to no other host and cannot be framed', () => {
    expect(policy.get('connect-src')).toEqual(["'self'"])
    expect(policy.get('frame-ancestors')).toEqual(["'none'"])
    expect(policy.get('base-uri')).toEqual(["'none'"])
    expect(policy.get('form-action')).toEqual(["'self'"])
    expect(pagePolicy('n', false)).not.toMatch(/https?:|\*/)
  })
  it('lets data do nothing at all', () => {
    expect(directives(DATA_POLICY).get('default-src')).toEqual(["'none'"])
    expect(FIXED_HEADERS).toContainEqual({ key: 'X-Content-Type-Options', value: 'nosniff' })
  })
})

describe('pages and components', () => {
  const root = join(import.meta.dirname, '..')
  const files = ['app', 'components', 'lib'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)))
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  it('make no markup of text', () => {
    expect(sources.length).toBeGreaterThan(300)
    const wrong = sources.filter((file) => /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|srcDoc/.test(readFileSync(file, 'utf8')))
    expect(wrong).toEqual([])
  })
})
