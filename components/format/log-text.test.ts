import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { classText } from '@/components/runs/class-text'
import { LogText } from './log-text'

const draw = (text: string | null, limit?: number): string => renderToStaticMarkup(createElement(LogText, limit === undefined ? { text } : { text, limit }))
/** What a reader sees, without the markup. */
const seen = (html: string): string => html.replaceAll(/<[^>]*>/g, '')

describe('text out of a log, drawn on a page', () => {
  it.each([
    ['an element', '<img src=x onerror=alert(1)>'],
    ['a script', '</bdi><script>alert(1)</script>'],
    ['an attribute', '" onmouseover="alert(1)'],
    ['an entity', '&lt;script&gt;'],
    ['a comment', '<!--'],
  ])('is never markup: %s', (_, text) => {
    const html = draw(text)
    expect(html.match(/<\/?[a-z]+/g)).toEqual(['<bdi', '</bdi'])
    expect(html).not.toContain('<!--')
    expect(seen(html)).not.toMatch(/[<>"]/)
  })

  it.each([
    ['ANSI', '\u001B[31mred\u009B0m', ['U+001B', 'U+009B']],
    ['bidirectional marks', 'a\u202Eb\u2066c\u200F', ['U+202E', 'U+2066', 'U+200F']],
    ['line ends', 'a\r\nb\u2028c', ['U+000D', 'U+000A', 'U+2028']],
    ['zero width', 'ad\u200Bmin\uFEFF', ['U+200B', 'U+FEFF']],
    ['tags', 'a\u{E0041}', ['U+E0041']],
    ['NUL', 'a\0b', ['U+0000']],
  ])('shows by name what cannot be seen: %s', (_, text, names) => {
    const html = draw(text)
    for (const name of names) expect(html).toContain(`invisible character ${name}`)
    expect(html).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  it('keeps its direction to itself', () => {
    expect(draw('\u05D0\u05D1')).toBe('<bdi>\u05D0\u05D1</bdi>')
  })

  it('is cut where it is a megabyte, and says so', () => {
    const html = draw('x'.repeat(1 << 20), 100)
    expect(html.length).toBeLessThan(400)
    expect(seen(html)).toBe(`${'x'.repeat(100)}… 1,048,476 more characters`)
  })

  it('is a dash where there is none', () => {
    expect([seen(draw(null)), seen(draw(''))]).toEqual(['–', '–'])
  })
})

describe('a label made of a log\'s resources', () => {
  it('names what cannot be seen in it', () => {
    expect(classText('evil\u202E.example/\u001B[2Jthings||1|1|1')).toBe(`${classText('a||1|1|1').split(' ')[0] ?? ''} <U+001B>[2Jthings.evil<U+202E>.example`)
    expect(classText('no\u0000label')).toBe('no<U+0000>label')
  })
})
