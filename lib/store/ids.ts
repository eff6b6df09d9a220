import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 12

/** A random id of 12 letters and digits (60 bits): short in an address, nothing to guess, never a path. */
export function newId(): string {
  let id = ''
  for (const byte of randomBytes(LENGTH)) id += ALPHABET[byte & 31]
  return id
}
