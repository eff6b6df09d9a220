// End-to-end tests need a Chromium; on Debian and Ubuntu as root it is installed, elsewhere the message says what to do.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

export function findChromium() {
  return PLACES.find((path) => path && existsSync(path)) ?? null
}

/** Path of a Chromium, installed from Debian when missing. Throws with advice elsewhere. */
export function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const advice = 'The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.'
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) throw new Error(advice)
  process.stderr.write('Installing chromium from Debian for the end-to-end tests ...\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] }
  if (spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], options).status !== 0) {
    execFileSync('apt-get', ['update', '-qq'], options)
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], options)
  }
  const path = findChromium()
  if (!path) throw new Error(advice)
  return path
}

if (import.meta.url === `file://${process.argv[1]}`) process.stdout.write(`${ensureChromium()}\n`)
