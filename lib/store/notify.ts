import { Client } from 'pg'
import { databaseAddress, sql } from './database'
import { describeFailure } from './database-errors'

/** What changed; the payload is the row's id. */
export const CHANNELS = {
  runs: 'auditweave_runs',
  datasets: 'auditweave_datasets',
  reconstructions: 'auditweave_reconstructions',
  experiments: 'auditweave_experiments',
  /** The id is that of the data set whose labels have changed. */
  labels: 'auditweave_labels',
  /** The id is an alert's. */
  alerts: 'auditweave_alerts',
  /** The id is a watch's. */
  watches: 'auditweave_watches',
  /** What comes in live has changed; the id is the version. */
  live: 'auditweave_live',
} as const
export type Channel = (typeof CHANNELS)[keyof typeof CHANNELS]

export type Listener = (id: string) => void

/** Tells every process that the row `id` has changed. */
export async function notify(channel: Channel, id: string): Promise<void> {
  await sql('SELECT pg_notify($1, $2)', [channel, id])
}

/**
 * Calls `listener` with the id of every row that changes. One connection a process listens for all; it comes back by
 * itself after a break, during which notifications are lost: readers poll now and then too.
 */
export async function subscribe(channel: Channel, listener: Listener): Promise<() => Promise<void>> {
  const hub = (holder.auditweaveHub ??= new Hub())
  await hub.add(channel, listener)
  return () => hub.remove(channel, listener)
}

const holder = globalThis as { auditweaveHub?: Hub }

const RETRY_MS = 1000

/** The listening connection of this process, kept while anybody listens. */
class Hub {
  readonly #listeners = new Map<Channel, Set<Listener>>()
  #client: Promise<Client> | null = null
  #retry: NodeJS.Timeout | null = null

  async add(channel: Channel, listener: Listener): Promise<void> {
    const listeners = this.#listeners.get(channel) ?? new Set()
    this.#listeners.set(channel, listeners.add(listener))
    try {
      await this.#ensure()
    } catch (error) {
      listeners.delete(listener)
      throw describeFailure(error)
    }
  }

  async remove(channel: Channel, listener: Listener): Promise<void> {
    this.#listeners.get(channel)?.delete(listener)
    if (this.#wanted()) return
    const client = this.#client
    this.#client = null
    await client?.then((open) => open.end()).catch(() => {})
  }

  #wanted(): boolean {
    return [...this.#listeners.values()].some((set) => set.size > 0)
  }

  #ensure(): Promise<Client> {
    this.#client ??= this.#connect().catch((error: unknown) => {
      this.#client = null
      throw error
    })
    return this.#client
  }

  async #connect(): Promise<Client> {
    const client = new Client({ connectionString: databaseAddress(), connectionTimeoutMillis: 10_000, keepAlive: true })
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.#listeners.get(channel as Channel) ?? []) listener(payload ?? '')
    })
    client.on('error', () => {})
    await client.connect()
    for (const channel of Object.values(CHANNELS)) await client.query(`LISTEN ${channel}`)
    client.on('end', () => {
      this.#client = null
      this.#later()
    })
    return client
  }

  #later(): void {
    if (this.#retry !== null || !this.#wanted()) return
    this.#retry = setTimeout(() => {
      this.#retry = null
      if (this.#wanted()) this.#ensure().catch(() => this.#later())
    }, RETRY_MS)
    this.#retry.unref()
  }
}
