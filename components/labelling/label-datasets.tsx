import Link from 'next/link'
import { formatCount, formatShare } from '@/components/format/number'
import { Bar } from '@/components/ui/meter'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/notice'
import { Section } from '@/components/ui/page'
import { Kbd } from '@/components/ui/kbd'

interface DatasetLine { readonly id: string; readonly name: string; readonly state: string; readonly events: number; readonly labelled: number; readonly total: number }

const STEPS: readonly (readonly [string, string, string])[] = [
  ['↵', 'Accept', 'The suggestion of the line becomes its label, and the next line that has none comes up.'],
  ['⇧↵', 'Accept the context', 'A user’s action and all that followed it, in one key. Lines that nobody caused go by runs.'],
  ['1–9', 'Or another', 'Likely labels: what else the model held likely, the line’s own action, and what users did just before.'],
  ['l', 'Or any', 'All labels, found by resource, verb or integer.'],
  ['Ctrl Z', 'Take it back', 'Without limit, also after a reload. Every change stays in the history.'],
]

/** The logs that can be labelled, with how far each is; where there is none, how labelling goes and where to begin. */
export function LabelDatasets({ datasets }: { datasets: readonly DatasetLine[] }) {
  const ready = datasets.filter(({ state }) => state === 'ready')
  return (
    <>
      <Section title="Choose a log">
        {ready.length === 0 ? <Empty title="No log is here to label yet" action={<ButtonLink href="/datasets?import=1" tone="primary">Import a log</ButtonLink>}>Any audit log will do; its truth is not needed. lab-a, which ships, has 54,354 lines with a truth to measure yourself against: import it without the truth file to practise.</Empty> : (
          <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Logs">
            <table className="w-full">
              <thead className="bg-panel text-left text-12 text-dim"><tr><th scope="col" className="px-3 py-1.5 font-medium">Log</th><th scope="col" className="px-3 text-right font-medium">Lines</th><th scope="col" className="px-3 text-right font-medium">Requests</th><th scope="col" className="px-3 font-medium">Labelled</th></tr></thead>
              <tbody>
                {ready.map(({ id, name, events, labelled, total }) => (
                  <tr key={id} className="border-t border-line hover:bg-hover">
                    <td className="px-3 py-2"><Link href={`/label/${id}`} className="link font-medium">{name}</Link></td>
                    <td className="px-3 text-right">{formatCount(events)}</td>
                    <td className="px-3 text-right">{formatCount(total)}</td>
                    <td className="px-3"><Bar share={labelled / Math.max(1, total)} /> <span className="text-dim">{formatShare(labelled / Math.max(1, total))}</span></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <Section title="How it goes">
        <dl className="grid gap-x-8 gap-y-2 md:grid-cols-2 xl:grid-cols-3">
          {STEPS.map(([key, title, text]) => <div key={key} className="grid grid-cols-[4rem_1fr] gap-2"><dt><Kbd>{key}</Kbd></dt><dd><b className="font-medium">{title}</b><span className="block text-dim">{text}</span></dd></div>)}
        </dl>
      </Section>
    </>
  )
}
