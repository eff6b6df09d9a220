import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import path from 'node:path'
import type { ServerOptions } from 'node:https'
import { AuditweaveError } from '@/lib/audit/errors'
import type { JsonObject } from '@/lib/audit/event'
import { isObject } from '@/lib/audit/json'
import { parseJson } from '@/lib/audit/parse-json'
import { Inbox } from '@/lib/receive/inbox.node.ts'
import { Receiver } from '@/lib/receive/receiver.node.ts'
import { cleanLine } from './clean-line'
import { Tail } from './tail.node.ts'

/** Where the audit log comes from. */
export type LogPlace =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'receive'; readonly host: string; readonly port: number; readonly token: string | null; readonly tls?: Pick<ServerOptions, 'cert' | 'key'> }

export interface OpenSource {
  /** For people. */
  readonly described: string
  /** Takes in what has come by now. */
  catchUp(): Promise<void>
  stop(): Promise<void>
}

export interface SourceEvents {
  readonly keepSecrets: boolean
  onEvent(event: JsonObject): void
  onReject(): void
}

/** How long lines may be on their way, in milliseconds: kube-apiserver holds a batch back for up to 30 s. */
export function graceOf(place: LogPlace): number {
  return place.kind === 'file' ? 1000 : 31_000
}

/** Begins to collect. @throws AuditweaveError 'cannot-read', 'cannot-listen' */
export function openLog(place: LogPlace, folder: string, events: SourceEvents): Promise<OpenSource> {
  return place.kind === 'file' ? follow(place.file, events) : receive(place, folder, events)
}

async function follow(file: string, { keepSecrets, onEvent, onReject }: SourceEvents): Promise<OpenSource> {
  const tail = await Tail.start(file, (line) => {
    if (line.trim() === '') return
    const event = cleanLine(line, { keepSecrets })
    if (event) onEvent(event)
    else onReject()
  })
  return { described: file, catchUp: () => tail.read(), stop: () => tail.stop() }
}

async function receive(place: Extract<LogPlace, { kind: 'receive' }>, folder: string, { keepSecrets, onEvent, onReject }: SourceEvents): Promise<OpenSource> {
  const kept = await mkdtemp(path.join(folder, '.received-'))
  const inbox = await Inbox.open(kept, {
    onStored: (stored) => {
      for (const { line } of stored) {
        const event = parseJson(line)
        if (isObject(event)) onEvent(event)
        else onReject()
      }
    },
  })
  const receiver = new Receiver({ inbox, token: place.token, keepSecrets, ...(place.tls ? { tls: place.tls } : {}) })
  receiver.server.listen(place.port, place.host)
  try {
    await once(receiver.server, 'listening')
  } catch (error) {
    await inbox.close()
    await rm(kept, { recursive: true, force: true })
    throw new AuditweaveError('cannot-listen', `Port ${place.port} of ${place.host} cannot be taken: ${error instanceof Error ? error.message : String(error)}. Choose another with --receive.`)
  }
  const address = receiver.server.address()
  const port = typeof address === 'object' && address ? address.port : place.port
  return {
    described: `${place.tls ? 'https' : 'http'}://${place.host.includes(':') ? `[${place.host}]` : place.host}:${port}/audit`,
    catchUp: () => Promise.resolve(),
    stop: async () => {
      const closed = once(receiver.server, 'close')
      receiver.server.close()
      receiver.server.closeAllConnections()
      await closed
      await inbox.close()
      await rm(kept, { recursive: true, force: true })
    },
  }
}
