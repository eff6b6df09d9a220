'use client'
import { formatDuration } from '@/components/format/duration'
import { LogText } from '@/components/format/log-text'
import { useKey } from '@/components/keys/use-key'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Meter } from '@/components/ui/meter'
import { Notice } from '@/components/ui/notice'
import { InfluenceBars, influenceRow } from './influence-bars'
import type { Explained } from './protocol'
import { useExplanation } from './use-explanation'

/** Why the network gives the line this label, found out on demand; `w` asks. */
export function ExplanationPanel({ auditID, onEvent }: { auditID: string; onEvent: (auditID: string) => void }) {
  const { explained, share, error, ask, stop } = useExplanation(auditID)
  useKey('w', 'Why this label', 'Playground', ask, { enabled: share === null && explained === null })
  return (
    <section aria-label="Why this label" className="mb-5">
      <h2 className="mb-2 text-12 text-dim">Why the network says so</h2>
      <div className="rounded-md border border-line bg-bg p-3">
        {explained ? <Found explained={explained} onEvent={onEvent} /> : share === null ? (
          <>
            <p className="mb-2 text-12 text-dim">Takes features, links and neighbouring lines away one by one, and checks that against gradients. Worked out here, in a moment.</p>
            <Button size="sm" onClick={ask}>Why this label <Kbd>w</Kbd></Button>
          </>
        ) : (
          <div className="flex items-center gap-3">
            <Meter share={share} label="Finding out why" className="h-1.5 flex-1" />
            <Button size="sm" onClick={stop}>Stop</Button>
          </div>
        )}
        {error ? <Notice tone="warn" className="mt-2">{error}</Notice> : null}
      </div>
    </section>
  )
}

function Found({ explained, onEvent }: { explained: Explained; onEvent: (auditID: string) => void }) {
  const { features, groups, wholes, neighbours, nearest, label, probability, window, seconds } = explained
  return (
    <div aria-live="polite">
      <p className="mb-3 text-12"><b className="font-semibold">{label ?? 'no label'}</b> <span className="text-dim">with probability {probability.toFixed(3)} in a window of {window} lines. Blue speaks for it, orange against.</span></p>
      <InfluenceBars caption="Together" rows={wholes.map((one) => ({ ...influenceRow(one), note: undefined }))} />
      <InfluenceBars caption="Features and links of the line" rows={features.map(influenceRow)} />
      <InfluenceBars caption="Groups of them" rows={groups.map(influenceRow)} />
      <InfluenceBars caption="Lines around it" rows={neighbours.map(({ auditID, offset, text, drop, attribution }) => ({
        key: auditID + offset, drop, attribution,
        name: <button type="button" className="link text-left" onClick={() => onEvent(auditID)}>{Math.abs(offset)} {offset < 0 ? 'before' : 'after'}</button>, note: <LogText text={text ?? null} limit={120} />,
      }))} />
      <p className="mb-3 text-12 text-dim">{checkText(explained)}</p>
      {nearest ? (
        <>
          <h3 className="mb-1 text-12">Nearest training lines</h3>
          <ul className="mb-2 text-12">{nearest.lines.map((near) => <li key={near.line} className="flex gap-3 border-t border-line py-1"><span className="min-w-0 flex-1">{near.label}</span><span className="text-dim">line {near.line} of {nearest.of}</span><span>{near.similarity.toFixed(2)}</span></li>)}</ul>
        </>
      ) : null}
      <p className="text-12 text-dim">Found out here in {formatDuration(seconds)}.</p>
    </div>
  )
}

/** Two methods that agree are worth more than one; where they do not, neither should be leant on. */
function checkText({ check, features, neighbours }: Explained): string {
  if (!check) return 'This engine gives no gradients: one method alone, unchecked.'
  if (features.length + neighbours.length === 0) return 'Nothing that is taken away alone changes the label: several things say the same.'
  const top = Math.min(5, check.count)
  const word = check.rank === null ? 'cannot be compared' : check.rank >= 0.7 ? 'agree' : check.rank >= 0.4 ? 'agree in part' : 'disagree: read this with care'
  return `The two methods ${word}${check.rank === null ? '' : `: rank correlation ${check.rank.toFixed(2)}, ${check.top} of the ${top} strongest the same, over ${check.count} values and lines`}.`
}
