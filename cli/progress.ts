/** Draws one line on a terminal, from one second on, and clears it at the end; silent elsewhere. */
export interface ProgressBar {
  update(done: number, more?: string | ProgressNote): void
  end(): void
}

export interface ProgressNote {
  readonly note?: string
  /** Where the caller knows better than what went by so far tells. */
  readonly secondsLeft?: number | null
}

const DELAY_MS = 1000
const REDRAW_MS = 100
const WIDTH = 28

/** `total` null draws the count alone. */
export function startProgress(label: string, total: number | null, out: NodeJS.WriteStream = process.stderr): ProgressBar {
  const began = Date.now()
  let drawn = 0
  return {
    update(done, more = '') {
      const { note = '', secondsLeft } = typeof more === 'string' ? { note: more } : more
      const now = Date.now()
      if (!out.isTTY || now - began < DELAY_MS || now - drawn < REDRAW_MS) return
      drawn = now
      out.write(`\r\u001b[K${line({ label, done, total, seconds: (now - began) / 1000, secondsLeft })}${note ? `  ${note}` : ''}`)
    },
    end() {
      if (drawn) out.write('\r\u001b[K')
    },
  }
}

interface Drawn { readonly label: string; readonly done: number; readonly total: number | null; readonly seconds: number; readonly secondsLeft: number | null | undefined }

function line({ label, done, total, seconds, secondsLeft }: Drawn): string {
  if (total === null || total === 0) return `${label}  ${done.toLocaleString('en')}`
  const share = Math.min(1, done / total)
  const filled = Math.round(share * WIDTH)
  const left = secondsLeft !== undefined ? secondsLeft : share > 0 ? (seconds / share) * (1 - share) : null
  return `${label}  ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.round(share * 100)} %${left === null ? '' : `, ${Math.round(left)} s left`}`
}
