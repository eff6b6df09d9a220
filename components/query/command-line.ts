import { formatMicros } from '@/lib/audit/time'
import { visibleText } from '@/components/format/visible'

/** A word for a POSIX shell; nothing in it is read as anything but itself. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`
}

/** The same question asked on the command line; a terminal is handed nothing that cannot be seen. */
export function commandLine({ sourceName, text, nowMicros }: { readonly sourceName: string; readonly text: string; readonly nowMicros: number | null }): string {
  const now = nowMicros === null ? '' : ` --now ${formatMicros(nowMicros)}`
  return `npx auditweave query ${shellWord(visibleText(sourceName))} ${shellWord(text.replaceAll(/\s*\n\s*/g, ' '))}${now}`
}
