import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { homeFolder } from '@/lib/store/home'

const whole = z.number().int().nonnegative()

/** Where the engine of live contexts answers, told to other processes of this data folder by a file that only its owner reads. */
const control = z.object({ port: z.number().int().min(1).max(65_535), token: z.string().min(16), pid: whole })
export type Control = z.infer<typeof control>

/** Up to where received lines have been looked through for alerts. */
const position = z.object({ segment: whole.min(1), line: whole })

const listening = z.object({ address: z.string(), tls: z.boolean(), token: z.boolean() })
const count = z.number().nonnegative()
/** What a receiver says of itself every second. */
const pulseFile = z.object({
  at: z.number(),
  listening,
  pulse: z.object({
    batches: count, events: count, duplicates: count, conflicting: count, refused: count, lagSeconds: count.nullable(), worstLagSeconds: count.nullable(), lastAt: z.number().nullable(),
    gaps: z.array(z.object({ from: z.number(), to: z.number() })), rate: count,
  }),
})

const FILES = { control: ['engine.json', control], position: ['engine-position.json', position], pulse: ['pulse.json', pulseFile] } as const
type Kind = keyof typeof FILES
type Content<K extends Kind> = z.infer<(typeof FILES)[K][1]>

/** Where received events lie. */
export function liveFolder(): string {
  return path.join(/* turbopackIgnore: true */ homeFolder(), 'live')
}

/** Null where the file is not there or not whole. */
export async function readLiveFile<K extends Kind>(kind: K, folder = liveFolder()): Promise<Content<K> | null> {
  const [name, schema] = FILES[kind]
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(path.join(/* turbopackIgnore: true */ folder, name), 'utf8')))
    return parsed.success ? (parsed.data as Content<K>) : null
  } catch {
    return null
  }
}

/** Appears whole or not at all. */
export async function writeLiveFile<K extends Kind>(kind: K, content: Content<K>, folder = liveFolder()): Promise<void> {
  const file = path.join(/* turbopackIgnore: true */ folder, FILES[kind][0])
  await writeFile(/* turbopackIgnore: true */ `${file}.new`, JSON.stringify(content), { mode: 0o600 })
  await rename(/* turbopackIgnore: true */ `${file}.new`, file)
}
