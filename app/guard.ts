import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { isAuditweaveError } from '@/lib/audit/errors'
import type { Annotator } from '@/lib/labelling/types'
import { checkHost } from './api/rights'
import { whoIs } from './api/who'

/**
 * Every page calls this before it reads anything: layouts are not run again on navigation,
 * so that a check there alone would leave pages open. Returns who reads it.
 */
export async function guardPage(): Promise<Annotator> {
  const [head, jar] = [await headers(), await cookies()]
  const caller = { method: 'GET', header: (name: string) => head.get(name), cookie: (name: string) => jar.get(name)?.value }
  checkHost(caller)
  try {
    return await whoIs(caller)
  } catch (error) {
    if (isAuditweaveError(error) && error.code !== 'token-required') throw error
  }
  redirect('/sign-in')
}

/** For pages whose address holds a right of its own: only the host is checked here, the page looks the right up. */
export async function guardShared(): Promise<void> {
  const head = await headers()
  checkHost({ method: 'GET', header: (name: string) => head.get(name), cookie: () => undefined })
}

/** Reads for a page: what is not there is a 404 page, everything else goes to the error page. */
export async function orNotFound<T>(read: Promise<T | null>): Promise<T> {
  try {
    const value = await read
    if (value !== null) return value
  } catch (error) {
    if (!isAuditweaveError(error) || !error.code.startsWith('unknown-')) throw error
  }
  notFound()
}
