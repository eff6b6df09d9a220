import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isHandled } from './handle'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const app = join(import.meta.dirname, '..')
const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).map((file) => join(app, file))
const routes = files.filter((file) => /[\\/]route\.tsx?$/.test(file))
const pages = files.filter((file) => /[\\/]page\.tsx$/.test(file))
/** Pages that read nothing. */
const OPEN_PAGES = new Set(['sign-in/page.tsx'])
/** Pages whose address is the right to read them: the token in it is looked up before anything is shown. */
const SHARED_PAGES = new Set(['notebooks/shared/[token]/page.tsx'])

describe('every route', () => {
  it('is found', () => expect(routes.length).toBeGreaterThan(10))
  it.each(routes.map((file) => [relative(app, file), file]))('%s exports only methods made by handle()', async (_, file) => {
    const module = (await import(file)) as Record<string, unknown>
    const methods = Object.keys(module).filter((name) => METHODS.includes(name))
    expect(methods.length).toBeGreaterThan(0)
    for (const name of methods) expect(isHandled(module[name]), `${name} of ${file}`).toBe(true)
    for (const name of Object.keys(module)) expect(METHODS, `${name} of ${file}`).toContain(name)
  })
})

describe('every page', () => {
  it.each(pages.map((file) => [relative(app, file), file]))('%s checks rights before it reads', (name, file) => {
    if (OPEN_PAGES.has(name)) return
    const body = readFileSync(file, 'utf8').split('export default async function')[1] ?? ''
    expect(body.trimStart().split('\n')[1]?.trim()).toMatch(SHARED_PAGES.has(name) ? /^await guardShared\(\)$/ : /^(?:const who = )?await guardPage\(\)$/)
  })
})
