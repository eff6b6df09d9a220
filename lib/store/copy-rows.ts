import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from } from 'pg-copy-streams'

export type CopyValue = string | number | bigint | boolean | null

const FLUSH_CHARACTERS = 1 << 18

/**
 * Writes rows through PostgreSQL's COPY, its quickest way in; part of the transaction of `client`. `columns` and `table` are
 * names from this program, never from outside. An error of `work` fails the COPY too: the connection would wait for its end forever.
 */
export async function copyInto<T>(client: ClientBase, table: string, columns: readonly string[], work: (rows: CopyRows) => Promise<T>): Promise<T> {
  const rows = new CopyRows(client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`)))
  try {
    const result = await work(rows)
    await rows.end()
    return result
  } catch (error) {
    await rows.abort()
    throw error
  }
}

/** The rows of one COPY. */
export class CopyRows {
  readonly #stream: Writable
  readonly #done: Promise<void>
  #buffer = ''

  constructor(stream: Writable) {
    this.#stream = stream
    this.#done = finished(stream)
    // The failure is told by `end` or `add`; until then it must not count as unhandled.
    this.#done.catch(() => {})
  }

  /** Resolves at once unless the server has to catch up. */
  async add(values: readonly CopyValue[]): Promise<void> {
    this.#buffer += `${values.map(copyText).join('\t')}\n`
    if (this.#buffer.length >= FLUSH_CHARACTERS) await this.#flush()
  }

  async end(): Promise<void> {
    await this.#flush()
    this.#stream.end()
    await this.#done
  }

  async abort(): Promise<void> {
    this.#stream.destroy(new Error('given up'))
    await this.#done.catch(() => {})
  }

  async #flush(): Promise<void> {
    const text = this.#buffer
    this.#buffer = ''
    if (text === '') return
    if (!this.#stream.write(text)) await Promise.race([once(this.#stream, 'drain'), this.#done])
  }
}

/** COPY's text format: backslash, tab and line ends are escaped, \N is null. */
function copyText(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value !== 'string') return typeof value === 'boolean' ? (value ? 't' : 'f') : String(value)
  if (!/[\\\t\n\r]/.test(value)) return value
  return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}
