import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Alert } from '@/lib/live/watch'
import { homeSubfolder } from '@/lib/store/home'
import { CHANNELS, notify, subscribe } from '@/lib/store/notify'
import { readEnv } from '@/lib/store/env'
import { ControlServer } from './control-server'
import { LiveEngine } from './engine'
import { writeLiveFile } from './live-files'
import { alertBody, postAlerts } from './post-alerts'

export interface LiveOptions {
  /** Lines held at most. */
  readonly window?: number
  /** One JSON line for each alert, for whoever collects logs. */
  log(line: string): void
}

const WATCHES_MS = 10_000

/** Runs the engine of live contexts until the returned function is called: links what the receiver of this data folder keeps, raises alerts and posts them. */
export async function runLive({ window, log }: LiveOptions): Promise<() => Promise<void>> {
  const folder = homeSubfolder('live')
  const webhook = readEnv().AUDITWEAVE_ALERT_WEBHOOK
  const told = (alerts: readonly Alert[]): void => { for (const alert of alerts) log(JSON.stringify({ kind: 'alert', ...alertBody(alert) })) }
  const engine = new LiveEngine({
    folder, posts: webhook !== undefined, ...(window === undefined ? {} : { limits: { events: window } }), onAlerts: told,
    onChange: (version) => { notify(CHANNELS.live, String(version)).catch(() => {}) },
  })
  const control = new ControlServer(engine)
  await writeLiveFile('control', await control.listen(), folder)
  const unsubscribe = await subscribe(CHANNELS.watches, () => engine.watchesChanged())
  // Notifications are lost while the database is away.
  const poll = setInterval(() => engine.watchesChanged(), WATCHES_MS)
  const ending = new AbortController()
  const posting = webhook === undefined ? Promise.resolve() : postAlerts(webhook, ending.signal)
  await engine.start()
  return async () => {
    clearInterval(poll)
    ending.abort()
    await Promise.all([engine.stop(), posting, unsubscribe()])
    await control.close()
    await rm(path.join(folder, 'engine.json'), { force: true })
  }
}
