import Link from 'next/link'
import { formatInstant } from '@/components/format/instant'
import { formatCount } from '@/components/format/number'
import { heldOutText } from '@/components/runs/measures'
import { settingName, settingText } from '@/components/runs/run-settings'
import { Pairs, Section } from '@/components/ui/page'
import type { ModelCard } from './model-card'

/** Where a model comes from: data, split, seed, settings, run. */
export function Lineage({ card }: { card: ModelCard }) {
  const { manifest } = card
  const { data, protocol, settings } = manifest
  return (
    <div className="grid gap-x-10 md:grid-cols-2">
      <Section title="Where it comes from">
        <Pairs items={[
          ['data', `${data.name}, ${formatCount(data.lines)} lines`],
          ['data version', <code key="s" className="font-mono text-12 break-all" title="SHA-256 of the log">{data.sha256 || '–'}</code>],
          ['protocol', `${heldOutText(protocol.name, protocol.split)}; ${share(protocol.test)} to test, ${share(protocol.validation)} to validate`],
          ['seed', String(settings.seed)],
          ...(card.sha256 === null ? [] : [['model version', <code key="v" className="font-mono text-12 break-all" title="SHA-256 of manifest and weights">{card.sha256}</code>] as const]),
          ['made', formatInstant(manifest.created)],
          ['by', card.runId ? <Link key="r" href={`/runs/${card.runId}`} className="link">its run</Link> : card.origin === 'ships' ? 'the makers of Auditweave' : 'a run that has been deleted'],
          ['engine', manifest.engine],
        ]} />
      </Section>
      <Section title="Settings"><Pairs items={Object.entries(settings).map(([name, value]) => [settingName(name), settingText(value ?? null)] as const)} /></Section>
    </div>
  )
}

const share = (value: number): string => `${Math.round(value * 100)} %`
