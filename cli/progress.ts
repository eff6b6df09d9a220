/** Draws one line on a terminal, from one second on, and clears it at the end; silent elsewhere. */
export interface ProgressBar {
  update(done: number, note?: string): void
  end(): void
}

const DELAY_MS = 1000
const REDRAW_MS = 100
const WIDTH = 28

/** `total` null draws the count alone. */
export function startProgress(label: string, total: number | null, out: NodeJS.WriteStream = process.stderr): ProgressBar {
  const began = Date.now()
  let drawn = 0
  return {
    update(done, note = '') {
      const now = Date.now()
      if (!out.isTTY || now - began < DELAY_MS || now - drawn < REDRAW_MS) return
      drawn = now
      out.write(`\r\u001b[K${line(label, done, total, (now - began) / 1000)}${note ? `  ${note}` : ''}`)
    },
    end() {
      if (drawn) out.write('\r\u001b[K')
    },
  }
}

function line(label: string, done: number, total: number | null, seconds: number): string {
  if (total === null || total === 0) return `${label}  ${done.toLocaleString('en')}`
  const share = Math.min(1, done / total)
  const filled = Math.round(share * WIDTH)
  const left = share > 0 ? Math.round((seconds / share) * (1 - share)) : null
  return `${label}  ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.round(share * 100)} %${left === null ? '' : `, ${left} s left`}`
}
