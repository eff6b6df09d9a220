import { NextResponse, type NextRequest } from 'next/server'
import { pagePolicy } from './app/security-headers'

/**
 * Gives each page its content security policy. Rights are not checked here but in every page and handler.
 * Routes under /api are left out, as a proxy would buffer uploads.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = pagePolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = { matcher: ['/((?!api/|_next/|engine/|icon.svg).*)'] }
