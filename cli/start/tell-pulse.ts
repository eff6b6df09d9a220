import { writeLiveFile } from '@/lib/jobs/live/live-files'

const EVERY_MS = 1000

/** Writes what a receiver says of itself beside its events every second, for whoever shows it; a disk that takes no more is told by the receiver. Returns the way to stop. */
export function tellPulse(folder: string, read: () => Parameters<typeof writeLiveFile<'pulse'>>[1]): () => Promise<void> {
  let writing: Promise<void> = Promise.resolve()
  const tell = (): void => { writing = writing.then(() => writeLiveFile('pulse', read(), folder)).catch(() => {}) }
  tell()
  const timer = setInterval(tell, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await writing
  }
}
