import type { Link, Role } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { Outcome } from './outcome'

/** Who last corrected a context by hand. */
export interface Corrected { readonly by: string; readonly at: string; readonly act: string; readonly why?: string | null }

/** What is known of a context beside its lines. Times are microseconds since the epoch. */
export interface PictureContext {
  readonly id: string
  readonly label: ActionLabel | null
  /** auditID of the trigger. */
  readonly trigger: string
  /** The invocation of a client that made it, how many contexts it made, and which of them, from 1; null where it made this one alone. */
  readonly command: { readonly id: string; readonly contexts: number; readonly place: number | null } | null
  readonly corrected: Corrected | null
  /** Neighbours in order of their triggers; null at the ends. */
  readonly previous: string | null
  readonly next: string | null
  /** Lines that are not in the picture because the context is larger than one picture carries. */
  readonly omitted: number
}

/** A line of a context without its bodies; `pictureLine` reads it off an event and what a reconstruction says of it. */
export interface PictureLine {
  readonly seq: number
  readonly auditID: string
  readonly stage: string | null
  /** Received, and when this stage was reached. */
  readonly micros: number | null
  readonly until: number | null
  readonly user: string | null
  /** The user that was impersonated. */
  readonly actingAs: string | null
  readonly agent: string | null
  readonly address: string | null
  readonly verb: string | null
  readonly group: string
  readonly resource: string | null
  readonly subresource: string | null
  readonly namespace: string | null
  readonly name: string | null
  /** Path of a request that names no API object. */
  readonly path: string | null
  readonly code: number | null
  readonly role: Role
  readonly confidence: number | null
  readonly links: readonly Link[]
  /** Put here by hand. */
  readonly corrected: boolean
  /** What the bodies tell of an object, as far as a sentence needs it. */
  readonly outcome: Outcome | null
  /** What the request changes or asks for, in words: "from 2 to 4"; of the trigger alone. */
  readonly change: TriggerChange | null
}

/** What a trigger does beyond its verb. */
export interface TriggerChange { readonly kind: 'replicas' | 'image' | 'restart' | 'cordon' | 'uncordon' | 'command' | 'grant' | 'dry-run'; readonly from: string | null; readonly to: string | null }

/** Columns that hold places in `words`; -1 is none. */
export const WORD_COLUMNS = ['stage', 'user', 'actingAs', 'agent', 'address', 'verb', 'group', 'resource', 'subresource', 'namespace', 'name', 'path', 'role', 'outcome', 'about', 'where'] as const
export type WordColumn = (typeof WORD_COLUMNS)[number]

/** Columns that hold numbers or nothing; `micros` counts from `base`, `until` from the line's own `micros`. */
export const NUMBER_COLUMNS = ['micros', 'until', 'code', 'confidence'] as const
export type NumberColumn = (typeof NUMBER_COLUMNS)[number]

/** Links of requests, told once for all stages: `of` and `to` are lines, -1 where the earlier event is not among them (`other` is its auditID then). */
export interface PictureLinks {
  readonly of: readonly number[]
  readonly to: readonly number[]
  readonly other: readonly number[]
  readonly rule: readonly number[]
  readonly key: readonly number[]
  readonly score: readonly number[]
}

/**
 * A context with its lines in order of time, in columns, so that a hundred thousand of them pass as JSON. No bodies.
 * Made by `makePicture`, read by `openPicture`.
 */
export interface ContextPicture {
  readonly version: 1
  readonly context: PictureContext
  /** Microseconds since the epoch that `micros` counts from. */
  readonly base: number
  readonly words: readonly string[]
  readonly lines: { readonly seq: readonly number[]; readonly auditID: readonly string[]; readonly corrected: readonly number[] } & Readonly<Record<WordColumn, readonly number[]>> & Readonly<Record<NumberColumn, readonly (number | null)[]>>
  readonly links: PictureLinks
  readonly change: TriggerChange | null
}
