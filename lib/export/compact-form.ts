import { AuditweaveError } from '@/lib/audit/errors'
import type { ContextTrigger, TriggerObjectRef } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { verbClass } from '@/lib/labels/verbs'

/** [rule, key, place of the event linked to among the members (or its auditID), score] */
export type CompactLink = [string, string, number | string, number]
/** [auditID, time (microseconds after base, or as logged), stage, confidence, links] */
export type CompactMember = [string, number | string | null, string | null, number | null, CompactLink[]]

export interface CompactContext {
  readonly id: string
  readonly label: ActionLabel | null
  readonly trigger: ContextTrigger
  readonly base: string | null
  readonly last: string | null
  readonly command?: string
  readonly members: readonly CompactMember[]
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

function isTime(value: unknown): boolean {
  return isTextOrNull(value) || (typeof value === 'number' && Number.isSafeInteger(value))
}

function isLink(value: unknown): value is CompactLink {
  if (!Array.isArray(value)) return false
  const [rule, key, to, score] = value as unknown[]
  return typeof rule === 'string' && typeof key === 'string' && (typeof to === 'string' || Number.isInteger(to)) && typeof score === 'number'
}

function isMember(value: unknown): value is CompactMember {
  if (!Array.isArray(value)) return false
  const [auditID, time, stage, confidence, links] = value as unknown[]
  return typeof auditID === 'string' && isTime(time) && isTextOrNull(stage) && (confidence === null || typeof confidence === 'number') && Array.isArray(links) && links.every(isLink)
}

function isLabel(value: unknown): value is ActionLabel {
  return isFields(value) && typeof value['group'] === 'string' && typeof value['resource'] === 'string' && typeof value['subresource'] === 'string'
    && typeof value['verb'] === 'string' && verbClass(value['verb']) === value['verb'] && typeof value['namespaced'] === 'boolean'
    && typeof value['single'] === 'boolean' && typeof value['code'] === 'number'
}

function isObjectRef(value: unknown): value is TriggerObjectRef {
  return isFields(value) && typeof value['group'] === 'string' && ['resource', 'subresource', 'namespace', 'name'].every((field) => isTextOrNull(value[field]))
}

function isTrigger(value: unknown): value is ContextTrigger {
  return isFields(value) && typeof value['auditID'] === 'string' && ['requestReceivedTimestamp', 'user', 'verb'].every((field) => isTextOrNull(value[field]))
    && (value['objectRef'] === null || isObjectRef(value['objectRef']))
}

/** Checks the first line; throws AuditweaveError `not-compact`. */
export function parseHead(line: string): void {
  const head = parseJson(line)
  if (isFields(head) && head['format'] === 'auditweave-compact' && head['version'] === 1) return
  throw new AuditweaveError('not-compact', 'the file is not in the compact form, version 1 (its first line says otherwise): write it with --format compact')
}

/** One context, or null when the line is not one. */
export function parseContextLine(line: string): CompactContext | null {
  const value = parseJson(line)
  if (!isFields(value)) return null
  const { id, label, trigger, base, last, command, members } = value
  if (typeof id !== 'string' || !isTrigger(trigger) || !isTextOrNull(base) || !isTextOrNull(last)) return null
  if ((label !== null && !isLabel(label)) || !Array.isArray(members) || !members.every(isMember)) return null
  if (command !== undefined && typeof command !== 'string') return null
  return { id, label, trigger, base, last, members, ...(command === undefined ? {} : { command }) }
}
