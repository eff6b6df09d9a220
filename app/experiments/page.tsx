import type { Metadata } from 'next'
import Link from 'next/link'
import { guardPage } from '../guard'
import { listExperiments as listSpecs } from '@/lib/experiments/catalogue'
import { listExperiments } from '@/lib/store/experiments'
import { Ago } from '@/components/format/ago'
import { plural } from '@/components/format/number'
import { RunStateMark } from '@/components/runs/run-state'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Experiments' }

export default async function ExperimentsPage() {
  await guardPage()
  const launches = await listExperiments({})
  return (
    <Page title="Experiments" summary="What can be repeated from the paper, what it said last time, and the paper’s figures beside it.">
      <ul className="grid gap-4 lg:grid-cols-2">
        {listSpecs().map((spec) => {
          const own = launches.filter((launch) => launch.name === spec.name)
          const last = own[0]
          return (
            <li key={spec.name} className="rounded-md border border-line p-4">
              <h2 className="text-16"><Link href={`/experiments/${spec.name}`} className="link">{spec.title}</Link></h2>
              <p className="mt-1">{spec.question}</p>
              <p className="mt-1 text-12 text-dim">Repeats {spec.reproduces}; protocols {spec.protocols.join(' and ')}; {plural(own.length, 'launch', 'launches')}</p>
              <p className="mt-3 flex items-center gap-3 border-t border-line pt-2 text-dim">{last ? <><RunStateMark state={last.state} /> {last.runs.done} of {last.runs.total} runs done, {last.scale} scale on {last.datasetName}, <Ago at={last.createdAt} /></> : 'Not launched yet.'}</p>
            </li>
          )
        })}
      </ul>
    </Page>
  )
}
