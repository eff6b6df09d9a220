import type { ForeignAlert } from './foreign-alert'
import type { LogLines } from './log-lines'

/** How the request of an alert was found: by its audit id, or by its time and what the alert says of it; or that it was not. */
export type Located = { readonly by: 'auditID' | 'time'; readonly row: number } | { readonly by: 'not-in-log' | 'not-told' }

const TOLD = ['user', 'verb', 'resource', 'namespace', 'name', 'uri'] as const

/** Finds the requests of alerts in a log. The times are laid out once, when an alert without an audit id comes first. */
export class RequestFinder {
  #byTime: Map<number, number[]> | null = null

  constructor(readonly lines: LogLines) {}

  find(alert: ForeignAlert): Located {
    const { requests } = this.lines.columns.events
    if (alert.auditID !== null) {
      const request = requests.numberOf(alert.auditID)
      return request < 0 ? { by: 'not-in-log' } : { by: 'auditID', row: requests.rowOf(request) }
    }
    return alert.micros === null ? { by: 'not-told' } : this.#atTime(alert, alert.micros)
  }

  /** The only request that ended in that microsecond and is what the alert says it is. One told apart by nothing is not guessed. */
  #atTime(alert: ForeignAlert, micros: number): Located {
    const there = (this.#times().get(micros) ?? []).filter((row) => this.#agrees(alert, row))
    const { requests } = this.lines.columns.events
    const [only, ...others] = new Set(there.map((row) => requests.requestOf(row)))
    return only === undefined ? { by: 'not-in-log' } : others.length > 0 ? { by: 'not-told' } : { by: 'time', row: requests.rowOf(only) }
  }

  #agrees(alert: ForeignAlert, row: number): boolean {
    return TOLD.every((field) => alert[field] === null || (this.lines.text(row, field) ?? '').startsWith(alert[field]))
  }

  #times(): Map<number, number[]> {
    if (this.#byTime) return this.#byTime
    const times = new Map<number, number[]>()
    for (let row = 0; row < this.lines.size; row++) {
      const micros = this.lines.micros(row, 'ended')
      const there = times.get(micros)
      if (there) there.push(row)
      else times.set(micros, [row])
    }
    this.#byTime = times
    return times
  }
}
