import type { EventFacts } from '@/lib/contexts/event-facts'

const WRITES = new Set(['patch', 'update'])

/** Whether the request made an object: create, or a server-side apply or update of what was not there, which the API server answers 201. */
export function isCreation({ verb, subresource, code }: EventFacts): boolean {
  if (subresource !== '') return false
  return verb === 'create' ? (code ?? 200) < 400 : code === 201 && WRITES.has(verb)
}
