/** Whether the engine asked for by name is not the one that computed; `auto` takes any. `described` begins with its name. */
export function fellBack(asked: unknown, described: string): boolean {
  return typeof asked === 'string' && asked !== 'auto' && !described.startsWith(asked)
}
