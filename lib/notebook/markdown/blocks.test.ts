import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHtml, toPlainText } from '@/lib/export/markup'
import { markdownMarkup } from './blocks'
import { safeHref } from './inline'

const html = (text: string): string => toHtml(markdownMarkup(text))

describe('Markdown', () => {
  it.each([
    ['# A *b*', '<h2>A <em>b</em></h2>'],
    ['a\nb  \nc', '<p>a b<br>c</p>'],
    ['- a\n- b\n  - c', '<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>'],
    ['3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['> a\n> b', '<blockquote><p>a b</p></blockquote>'],
    ['---', '<hr>'],
    ['**a** `b*c*` ~~d~~ snake_case_name', '<p><strong>a</strong> <code>b*c*</code> <del>d</del> snake_case_name</p>'],
    ['[a](https://x.org/y_(z)) <https://x.org>', '<p><a href="https://x.org/y_(z)" class="link">a</a> <a href="https://x.org" class="link">https://x.org</a></p>'],
    ['see [runs](/runs?a=1&b=2)', '<p>see <a href="/runs?a=1&amp;b=2" class="link">runs</a></p>'],
    ['2 * 3 * 4 and \\*plain\\*', '<p>2 * 3 * 4 and *plain*</p>'],
    ['costs $5 and $6', '<p>costs $5 and $6</p>'],
  ])('%j', (text, expected) => expect(html(text)).toBe(expected))

  it('draws tables with figures at the right', () => {
    expect(html('| W | F1 |\n| --- | ---: |\n| 5 | `a|b` |')).toBe('<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr><th scope="col">W</th><th scope="col" class="figure">F1</th></tr></thead><tbody><tr><td>5</td><td class="figure"><code>a|b</code></td></tr></tbody></table></div>')
  })

  it.each([
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '[a](javascript:alert(1))', '[a](JAVASCRIPT:alert(1))', '[a](data:text/html,<script>)', '[a](//evil.example)', '![a](https://evil.example/x.png)', '<a href="x" onclick="y">', '`<b>`', '```\n</code><script>\n```',
    '[a](https://x.org/"onmouseover="alert(1))', '| <b> | <i> |\n| --- | --- |\n| <u> | <s> |', '# <svg onload=alert(1)>', '$<script>$', '$$\n\\text{<script>}\n$$', '<https://x.org/"><script>', '&lt;script&gt;', '[<b>](https://x.org)', '[a](/\\evil.example)',
  ])('turns nothing of a text into markup: %s', (text) => {
    const written = html(text)
    expect(written).not.toMatch(/<(?:script|img|svg|b|i|u|s)[\s>]/i)
    const tags = written.match(/<[^>]*>/g)?.join('') ?? ''
    expect(tags).not.toMatch(/\son\w+=|javascript:|\ssrc=/i)
    expect([...written.matchAll(/href="([^"]*)"/g)].every(([, href]) => /^(?:https?:|mailto:|\/(?!\/)|#)/.test(href ?? ''))).toBe(true)
  })

  it('shows what would hide or reorder', () => {
    expect(html('a\u202Eb\u0000 `\u200B`')).toBe('<p>a&lt;U+202E&gt;b&lt;U+0000&gt; <code>&lt;U+200B&gt;</code></p>')
  })

  it('answers anything, without markup of the text', () => {
    const part = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('*', '**', '_', '`', '```', '$', '$$', '[', '](', ')', '<', '>', '|', '\n', '\n\n', '- ', '1. ', '> ', '#', '\\', '\\frac', '{', '}', '---', 'https://a.b', '~~'))
    fc.assert(fc.property(fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')), (text) => {
      const written = html(text)
      expect(written.replace(/<\/?(?:h[2-6]|p|ul|ol|li|hr|br|blockquote|pre|code|strong|em|del|a|div|table|thead|tbody|tr|th|td|math|m[a-z]+)(?: [a-z-]+="[^"<>]*")*>/g, '')).not.toMatch(/[<>"]/)
      toPlainText(markdownMarkup(text))
    }), { numRuns: 1500 })
  })

  it('stays quick', () => {
    const began = process.cpuUsage().user
    for (const text of ['*a '.repeat(20_000), '['.repeat(50_000), '`a``b```'.repeat(5000), '> '.repeat(20_000), '- a\n'.repeat(5000), '$a'.repeat(20_000), '**_'.repeat(15_000), '| a '.repeat(10_000)]) html(text)
    expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(15)
  })
})

describe('addresses', () => {
  it.each([['https://x.org', true], ['/runs/1', true], ['#a', true], ['mailto:a@b.c', true], ['//x.org', false], ['/\\x.org', false], ['javascript:1', false], [' https://x.org', false], ['vbscript:1', false], ['runs', false], ['https:/x', false], ['ja\u0000vascript:1', false]])('%j', (address, allowed) => {
    expect(safeHref(address) !== null).toBe(allowed)
  })
})

describe('mathematics', () => {
  const math = (tex: string): string => html(`$$${tex}$$`)
  it.each([
    ['\\frac{1}{N}', '<mfrac><mrow><mn>1</mn></mrow><mrow><mi>N</mi></mrow></mfrac>'],
    ['x_i^2', '<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>'],
    ['\\sum_{i=1}^n i', '<munderover><mo class="large">∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>'],
    ['\\sqrt[3]{a} \\le \\alpha', '<mroot><mrow><mi>a</mi></mrow><mrow><mn>3</mn></mrow></mroot><mo>≤</mo><mi>α</mi>'],
    ['\\left( a - b \\right)', '<mrow><mo stretchy="true">(</mo><mi>a</mi><mo>−</mo><mi>b</mi><mo stretchy="true">)</mo></mrow>'],
    ['\\text{if } a', '<mtext>if </mtext><mi>a</mi>'],
    ['\\mathrm{TP}', '<mi mathvariant="normal">TP</mi>'],
  ])('%s', (tex, expected) => expect(math(tex)).toContain(`<mrow>${expected}</mrow></math>`))

  it.each(['\\input{/etc/passwd}', '\\href{javascript:1}{a}', '\\frac{1}', '{a', 'a}', '\\begin{cases} a', '\\left( a', `${'{'.repeat(100)}a${'}'.repeat(100)}`])('shows as it was typed what it does not know: %s', (tex) => {
    expect(math(tex)).toMatch(/^<pre class="math" title="[^"]+">/)
  })
})
