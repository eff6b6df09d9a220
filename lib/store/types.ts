import type { JsonObject, JsonValue } from '@/lib/audit/event'

export const RUN_STATES = ['queued', 'running', 'done', 'failed', 'stopped'] as const
export type RunState = (typeof RUN_STATES)[number]

export const ROLES = ['trigger', 'consequence', 'background', 'nonresource'] as const
export type Role = (typeof ROLES)[number]

/** Why something failed, as a page shows it. */
export interface StoredError { readonly code: string; readonly message: string }

/** Some of `total` rows. */
export interface Page<T> { readonly rows: T[]; readonly total: number }

/** How far long work has come, counted in the phase's own unit. */
export interface WorkProgress { readonly phase: string; readonly done: number; readonly total: number }

export interface Count { readonly value: string; readonly count: number }

export type { JsonObject, JsonValue }
