/** Lets timers, messages and aborts through between steps. */
export type Breather = () => Promise<void>

/**
 * Engines on one thread resolve without ever leaving the current task, so a loop over them would starve the page or the
 * server. Yields to the event loop once `everyMs` has gone by, which costs nothing measurable.
 */
export function breather(everyMs = 50): Breather {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < everyMs) return
    await new Promise<void>((resolve) => { setTimeout(resolve, 0) })
    last = performance.now()
  }
}
