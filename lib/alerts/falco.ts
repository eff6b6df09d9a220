import { z } from 'zod'
import { alertMicros, shortText } from './fields'
import type { ForeignAlert } from './foreign-alert'

/**
 * An alert as Falco prints it with json_output, and as falcosidekick sends it on. The default rules name no audit id: `append_output`
 * with `extra_fields: [ka.auditid]` adds it, else the alert is found by its time and what it says of the request.
 */
const falcoAlert = z.looseObject({
  rule: z.string().min(1),
  priority: z.unknown(),
  output: z.unknown().optional(),
  output_fields: z.record(z.string(), z.unknown()).nullish(),
  time: z.unknown().optional(),
})

/** The alert in a value of a file; null where it is none of Falco's. */
export function falcoAlertOf(value: unknown, line: number): ForeignAlert | null {
  const parsed = falcoAlert.safeParse(value)
  if (!parsed.success || !('output_fields' in parsed.data || 'output' in parsed.data)) return null
  const { rule, priority, output, output_fields: fields, time } = parsed.data
  const field = (...names: string[]): string | null => {
    for (const name of names) {
      const found = fields && Object.hasOwn(fields, name) ? shortText.parse(fields[name]) : null
      if (found !== null) return found
    }
    return null
  }
  return {
    line, rule: shortText.parse(rule) ?? 'unnamed', severity: shortText.parse(priority) ?? '',
    auditID: field('ka.auditid', 'jevt.value[/auditID]', 'auditID'),
    micros: alertMicros(fields?.['evt.rawtime']) ?? alertMicros(fields?.['evt.time']) ?? alertMicros(time) ?? alertMicros(fields?.['jevt.time.iso8601']),
    user: field('ka.user.name'), verb: field('ka.verb'), resource: field('ka.target.resource'), namespace: field('ka.target.namespace'),
    name: field('ka.target.name', 'ka.resp.name'), uri: field('ka.uri'), text: shortText.parse(output),
  }
}
