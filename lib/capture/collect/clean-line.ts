import type { JsonObject } from '@/lib/audit/event'
import { asText, isObject } from '@/lib/audit/json'
import { parseJson } from '@/lib/audit/parse-json'
import { redactEvent } from '@/lib/audit/redact'

/** A line of an audit log as one event, redacted unless told; null for what is none. */
export function cleanLine(line: string, { keepSecrets }: { readonly keepSecrets: boolean }): JsonObject | null {
  try {
    const event = parseJson(line)
    if (!isObject(event) || !asText(event.auditID) || !asText(event.stage)) return null
    if (!keepSecrets) redactEvent(event)
    return event
  } catch {
    return null
  }
}
