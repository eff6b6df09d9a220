import type { JsonObject, JsonValue } from '@/lib/audit/event'
import type { RunEnvironment } from '@/lib/experiments/run-spec'
import { formatBytes, formatFigure } from '@/components/format/number'
import { LogText } from '@/components/format/log-text'
import { Pairs, Section } from '@/components/ui/page'

/** The settings that decide the result, and the machine it came from. */
export function RunSettings({ params, environment }: { params: JsonObject; environment: RunEnvironment | null }) {
  return (
    <div className="grid gap-x-10 md:grid-cols-2">
      <Section title="Settings"><Pairs items={Object.entries(params).map(([name, value]) => [settingName(name), settingText(value ?? null)] as const)} /></Section>
      <Section title="Machine">{environment ? <Pairs items={environmentItems(environment)} /> : <p className="text-dim">Written when the run ends.</p>}</Section>
    </div>
  )
}

/** "earlyStoppingPatience" reads "early stopping patience". */
export function settingName(name: string): string {
  return name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
}

export function settingText(value: JsonValue): string {
  if (value === null) return 'none'
  if (typeof value === 'number') return formatFigure(value)
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(settingText).join(', ')
  return Object.entries(value).map(([name, inner]) => `${settingName(name)} ${settingText(inner ?? null)}`).join(', ')
}

function environmentItems(env: RunEnvironment): (readonly [string, React.ReactNode])[] {
  return [
    ['engine', env.engine], ...(env.engineNotes ? [['why it', env.engineNotes.join(' ')] as const] : []), ['threads', String(env.threads)], ['processor', `${env.cpu}, ${env.cores} cores`], ['memory', formatBytes(env.memoryBytes)], ['load at start', formatFigure(env.loadAverage)],
    ['platform', env.platform], ['node', env.node], ['host', <LogText key="h" text={env.hostname} />], ['Auditweave', env.version],
  ]
}
