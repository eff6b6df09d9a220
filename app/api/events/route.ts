import { subscribe, CHANNELS } from '@/lib/store/notify'
import { streamQuery } from '../contracts'
import { handle } from '../handle'
import { EventStream } from './event-stream'
import { LiveFeed } from './live-feed'

/**
 * One stream a page: what runs, what is imported and labelled and, with `run`, that run's epochs. It begins with a snapshot, so that
 * a client that comes back needs nothing from before; epochs go on after Last-Event-ID (or `after`).
 */
export const GET = handle({ query: streamQuery }, async ({ query, request }) => {
  const last = Number(request.headers.get('last-event-id') ?? query.after)
  const stream = new EventStream(request.signal)
  const feed = new LiveFeed(stream, query.run ?? null, Number.isInteger(last) ? last : -1)
  stream.onClose(await subscribe(CHANNELS.runs, (id) => feed.runChanged(id)))
  stream.onClose(await subscribe(CHANNELS.datasets, (id) => feed.datasetChanged(id)))
  stream.onClose(await subscribe(CHANNELS.labels, (id) => feed.labelsChanged(id)))
  stream.onClose(await subscribe(CHANNELS.reconstructions, (id) => feed.reconstructionChanged(id)))
  stream.onClose(await subscribe(CHANNELS.alerts, (id) => feed.alertChanged(id)))
  stream.onClose(await subscribe(CHANNELS.live, () => feed.liveChanged()))
  stream.onClose(feed.start())
  return stream.response()
})
