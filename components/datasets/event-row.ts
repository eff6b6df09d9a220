export interface EventLine {
  readonly seq: number
  readonly auditID: string
  readonly stage: string | null
  readonly receivedMicros: number | null
  readonly level: string | null
  readonly verb: string | null
  readonly username: string | null
  readonly group: string | null
  readonly resource: string | null
  readonly subresource: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly code: number | null
  readonly role: string | null
  readonly context: string | null
  readonly label: { readonly resource: string; readonly subresource: string | null; readonly verb: string } | null
}

/** "pods/exec" of an event or a label. */
export function kindText(of: { readonly resource: string | null; readonly subresource: string | null }): string {
  if (!of.resource) return '–'
  return of.subresource ? `${of.resource}/${of.subresource}` : of.resource
}

/** "payments/web-1", "web-1", or a dash for a request about no one object. */
export function objectText(of: { readonly namespace: string | null; readonly name: string | null }): string {
  return [of.namespace, of.name].filter(Boolean).join('/') || '–'
}
