import Link from 'next/link'
import { Ago } from '@/components/format/ago'
import { plural } from '@/components/format/number'
import type { LaunchView } from '@/components/experiments/launch-view'
import { ButtonLink } from '@/components/ui/button'
import { Empty, Notice } from '@/components/ui/notice'

/** Where nothing is chosen yet: the way to choose, and the latest launches as whole. */
export function ComparePicker({ launches, missing }: { launches: readonly LaunchView[]; missing: number }) {
  return (
    <>
      {missing > 0 ? <Notice tone="warn" className="mb-4">{missing === 1 ? 'The run of this address is not here any more.' : `None of the ${missing} runs of this address is here any more.`}</Notice> : null}
      <Empty title="Choose runs to compare" action={<ButtonLink href="/runs" tone="primary">Choose in Runs</ButtonLink>}>Select rows with x, then press v. Any number will do.</Empty>
      {launches.length > 0 ? (
        <ul className="mt-6">
          {launches.slice(0, 8).map((launch) => (
            <li key={launch.id} className="flex items-center gap-3 border-t border-line py-2">
              <Link href={`/experiments/${launch.name}?launch=${launch.id}`} className="link">{launch.name}</Link>
              <span className="flex-1 text-dim">{plural(launch.runs.done, 'finished run')}, {launch.scale} scale on {launch.datasetName}, <Ago at={launch.createdAt} /></span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
