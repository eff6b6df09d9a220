import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { printDocument } from './document.node.ts'
import { drawFigure } from './draw'
import { galleryBody, GALLERY } from './gallery/bodies'

const ABOUT = { title: 'A figure', caption: 'Made up.', protocol: 'No protocol.' }

describe('drawFigure', () => {
  it.each(Object.entries(GALLERY))('draws %s as the gallery has it (UPDATE_GALLERY=1 npx vitest run lib/figures makes it anew: look at the pictures)', async (name, body) => {
    const svg = drawFigure({ ...ABOUT, body }, printDocument())
    const file = new URL(`./gallery/${name}.svg`, import.meta.url)
    if (process.env['UPDATE_GALLERY']) (await import('node:fs')).writeFileSync(file, svg)
    expect(svg).toBe(readFileSync(file, 'utf8'))
  })
})

describe('a picture', () => {
  it('holds no markup of a log, no style sheet and no script', () => {
    const svg = drawFigure({ title: '<script>x</script>', caption: '"><img src=x>', protocol: '', body: galleryBody('bars-baseline') }, printDocument())
    expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;')
    expect(svg).not.toMatch(/\s(id|class|style|href)=|<(script|style|img|foreignObject|image)|\son\w+=|javascript:/i)
  })

  it('is as wide as a column or a page, in millimetres', () => {
    const item = { ...ABOUT, body: galleryBody('lines') }
    expect(drawFigure(item, printDocument())).toContain('width="85mm"')
    expect(drawFigure(item, printDocument(), 'full')).toContain('width="178mm"')
  })

  it('shows every repetition, deviations, and published values hollow on a dashed line', () => {
    const svg = drawFigure({ ...ABOUT, body: galleryBody('lines') }, printDocument())
    const dots = [...svg.matchAll(/<circle [^>]*r="1.3"/g)]
    expect(dots).toHaveLength(2 * 7 * 5)
    expect(svg).toMatch(/<g [^>]*stroke-dasharray="4 3"[^>]*><path/)
    expect(svg).toMatch(/fill="#fff"[^>]*stroke="#1a1a1a"/)
  })
})
