import { cookies } from 'next/headers'
import type { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Annotator, AnnotatorRole } from '@/lib/labelling/types'
import { DATA_POLICY } from '../security-headers'
import { failure } from './failure'
import { checkHost, checkOrigin, type Caller } from './rights'
import { checkRole, OWNER, whoIs } from './who'

type Context = { params: Promise<Record<string, string | string[] | undefined>> }
export type RouteMethod = (request: Request, context: Context) => Promise<Response>

interface Contract<P, Q, B> {
  readonly params?: z.ZodType<P>
  readonly query?: z.ZodType<Q>
  /** JSON body; leave it out where there is none or the action streams it. */
  readonly body?: z.ZodType<B>
  /** Bytes of JSON that are read at most. */
  readonly bodyLimit?: number
  /** Only the sign-in may be asked without a token; its host and origin are checked all the same. */
  readonly open?: boolean
  /** The least that may ask; an owner where something is changed and nothing is said, an annotator where it is only read. */
  readonly role?: AnnotatorRole
}

interface Call<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly request: Request
  /** Who asks; of an open method it is not known. */
  readonly who: Annotator
}

const JSON_LIMIT = 1024 * 1024
const handled = new WeakSet<RouteMethod>()

/** Whether an exported method was made by `handle`; a test asks it of every route file. */
export function isHandled(method: unknown): boolean {
  return typeof method === 'function' && handled.has(method as RouteMethod)
}

/**
 * Makes a route method: checks rights, parses what comes in by its contract, runs the action, and turns its value
 * into JSON and its errors into `{error: {code, message}}`. An action may also answer a Response.
 */
export function handle<P = undefined, Q = undefined, B = undefined>(contract: Contract<P, Q, B>, action: (call: Call<P, Q, B>) => Promise<unknown>): RouteMethod {
  const method: RouteMethod = async (request, context) => {
    try {
      const caller = await callerOf(request)
      checkHost(caller)
      checkOrigin(caller)
      const who = contract.open ? OWNER : await whoIs(caller)
      checkRole(who, contract.role ?? (reads(request.method) ? 'annotator' : 'owner'))
      const params = contract.params?.parse(await context.params) as P
      const query = contract.query?.parse(Object.fromEntries(new URL(request.url).searchParams)) as Q
      const body = contract.body?.parse(await readJson(request, contract.bodyLimit ?? JSON_LIMIT)) as B
      return guarded(reply(await action({ params, query, body, request, who })))
    } catch (error) {
      return guarded(failure(error))
    }
  }
  handled.add(method)
  return method
}

function reads(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

async function callerOf(request: Request): Promise<Caller> {
  const jar = await cookies()
  return { method: request.method, header: (name) => request.headers.get(name), cookie: (name) => jar.get(name)?.value }
}

function reply(value: unknown): Response {
  if (value instanceof Response) return value
  return Response.json(value ?? null, { headers: { 'cache-control': 'no-store' } })
}

function guarded(response: Response): Response {
  response.headers.set('content-security-policy', DATA_POLICY)
  return response
}

async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.toLowerCase().startsWith('application/json')) throw new AuditweaveError('bad-request', 'The request needs a JSON body with content type application/json.')
  try {
    return JSON.parse(await readText(request, limit))
  } catch (error) {
    if (error instanceof SyntaxError) throw new AuditweaveError('bad-request', 'The request body is not valid JSON.', { cause: error })
    throw error
  }
}

async function readText(request: Request, limit: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > limit) throw new AuditweaveError('body-too-large', `The request body is larger than the ${limit} bytes this address takes.`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
