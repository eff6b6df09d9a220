// Runs the engine's conformance test with WebGPU in a browser: `node tools/check-webgpu.mjs [hardware]`.
// Without `hardware` on SwiftShader, Chromium's software rasteriser, which says whether it is right, not how fast it is.
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { findChromium } from './ensure-chromium.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const SOFTWARE = ['--use-webgpu-adapter=swiftshader']
const LONGEST_MS = 480_000

const ENTRY = `
import { loadBrowserWebgpuEngine } from '@/lib/engine/webgpu/browser'
import { checkConformance } from '@/lib/engine/conformance/check'
globalThis.check = async () => {
  const began = performance.now()
  const engine = await loadBrowserWebgpuEngine()
  const result = await checkConformance(engine)
  return { description: engine.description, seconds: (performance.now() - began) / 1000, ...result }
}
`

async function bundle() {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' }, alias: { '@': root }, bundle: true, format: 'iife', platform: 'browser', target: 'es2022', write: false, logLevel: 'error',
  })
  return outputFiles[0].text
}

/** WebGPU wants a secure context, which a page on this host is. */
async function serve(script) {
  const server = createServer((request, response) => {
    const [type, body] = request.url === '/check.js' ? ['text/javascript', script] : ['text/html', '<!doctype html><title>WebGPU</title><script src="/check.js"></script>']
    response.writeHead(200, { 'content-type': type }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const executablePath = findChromium()
if (!executablePath) {
  process.stderr.write('This check needs Chromium: install it or set CHROMIUM_PATH to one.\n')
  process.exit(2)
}
const server = await serve(await bundle())
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--enable-unsafe-webgpu', '--enable-features=Vulkan', ...(process.argv[2] === 'hardware' ? [] : SOFTWARE)] })
try {
  const page = await browser.newPage()
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.message}\n`))
  page.setDefaultTimeout(LONGEST_MS)
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  const result = await page.evaluate('check()')
  process.stdout.write(`${result.passed ? 'passed' : 'FAILED'}  ${result.description}, ${result.message} (${result.seconds.toFixed(0)} s)\n`)
  process.exitCode = result.passed ? 0 : 1
} finally {
  await browser.close()
  server.close()
}
