import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

const require = createRequire(import.meta.url)
const WASM = '@resvg/resvg-wasm/index_bg.wasm'
const FACES = ['400Regular/SourceSans3_400Regular.ttf', '400Regular_Italic/SourceSans3_400Regular_Italic.ttf']

interface Painter { readonly fonts: readonly Uint8Array[] }
let painter: Promise<Painter> | null = null

/** Paints an SVG of `drawFigure` with the font it names, at so many dots an inch; the same bytes on every machine. */
export async function svgToPng(svg: string, dotsPerInch = 300): Promise<Uint8Array> {
  painter ??= prepare()
  const { fonts } = await painter
  const resvg = new Resvg(svg, { dpi: dotsPerInch, fitTo: { mode: 'original' }, background: '#fff', font: { fontBuffers: [...fonts], defaultFontFamily: 'Source Sans 3', sansSerifFamily: 'Source Sans 3' } })
  try {
    return resvg.render().asPng()
  } finally {
    resvg.free()
  }
}

async function prepare(): Promise<Painter> {
  const [wasm, ...fonts] = await Promise.all([WASM, ...FACES.map((face) => `@expo-google-fonts/source-sans-3/${face}`)].map((path) => readFile(require.resolve(path))))
  await initWasm(wasm as Uint8Array)
  return { fonts }
}
