import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import type { KeyedHash } from './coder'

const SHORTEST = 16

/** HMAC-SHA-256 under a key. @throws AuditweaveError 'bad-key' for a key of fewer than 16 characters, which can be guessed */
export function hmac(key: string): KeyedHash {
  if (key.length < SHORTEST) throw new AuditweaveError('bad-key', `The key has ${key.length} characters, so few that it can be guessed: take at least ${SHORTEST}, for example what openssl rand -hex 32 prints.`)
  return (text) => createHmac('sha256', key).update(text).digest()
}

/**
 * The key of pseudonyms: the first line of a file, or the value of an environment variable. It is read when it is needed and kept nowhere.
 * @throws AuditweaveError 'no-key', 'bad-key'
 */
export async function readKey(from: { readonly file?: string; readonly variable?: string }, env: Readonly<Record<string, string | undefined>> = process.env): Promise<KeyedHash> {
  if (from.file !== undefined) return hmac(await firstLine(from.file))
  const variable = from.variable ?? 'AUDITWEAVE_PSEUDONYM_KEY'
  const key = env[variable]
  if (key === undefined) throw new AuditweaveError('no-key', `Pseudonyms need a key that only you have: name a file with it (--key-file) or set ${variable}.`)
  return hmac(key.trim())
}

async function firstLine(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AuditweaveError('no-key', `The key file ${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause })
  })
  return (text.split('\n', 1)[0] ?? '').trim()
}
