function mix(text: string, seed: number): number {
  let hash = seed | 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** `words` times 8 hex digits of FNV-1a with a final avalanche, one seed a word: for stable ids, not for secrets. */
export function stableHash(text: string, words = 2): string {
  let hex = ''
  for (let word = 0; word < words; word++) hex += mix(text, 0x811c9dc5 + word * 0x9e3779b9).toString(16).padStart(8, '0')
  return hex
}

/** A context's id, from its trigger's auditID alone: the same on every run, safe in a URL whatever the log holds. */
export function contextId(triggerAuditID: string): string {
  return `ctx-${stableHash(triggerAuditID)}`
}
