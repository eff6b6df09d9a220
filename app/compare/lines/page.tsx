import type { Metadata } from 'next'
import { Suspense } from 'react'
import { comparisonOf, pairedRuns, type ComparedPair, type PairedRuns } from '../../api/answers/paired-runs'
import { pairQuery } from '../../api/answers/contracts'
import { guardPage } from '../../guard'
import { isAuditweaveError } from '@/lib/audit/errors'
import { listAnsweredRuns } from '@/lib/store/run-answers'
import { getRun, getRuns } from '@/lib/store/runs'
import { LinesView } from '@/components/lines/lines-view'
import { linesCodec } from '@/components/lines/lines-state'
import type { NamedRun } from '@/components/lines/compared-runs'
import { RunPair } from '@/components/lines/run-pair'
import { ButtonLink } from '@/components/ui/button'
import { Empty, Notice } from '@/components/ui/notice'
import { Page } from '@/components/ui/page'

export const metadata: Metadata = { title: 'Compare line by line' }

type Search = Record<string, string | string[] | undefined>

export default async function CompareLinesPage({ searchParams }: { searchParams: Promise<Search> }) {
  await guardPage()
  const state = linesCodec.read(flat(await searchParams))
  const [first = '', second = ''] = state.runs
  const asked = pairQuery.safeParse({ a: state.a || first, b: state.b || second })
  const { a, b } = asked.data ?? { a: '', b: '' }
  const choices = await choicesOf(state.runs, a, b)
  return (
    <Page wide title="Line by line" crumb={{ href: '/compare', label: 'Compare' }} summary="The lines that one run has right and the other wrong, and whether it matters." actions={choices.length > 0 ? <RunPair a={a} b={b} choices={choices} /> : null}>
      {asked.success
        ? <Suspense key={`${a} ${b}`} fallback={<div role="status" aria-label="Loading" className="skeleton h-200" />}><Pair a={a} b={b} /></Suspense>
        : <Empty title={choices.length > 0 ? 'Choose two runs' : 'No run has kept its answers yet'} action={<ButtonLink href="/runs" tone="primary">Go to Runs</ButtonLink>}>{choices.length > 0 ? 'Above, or select two rows in Runs and compare them.' : 'A training keeps what it said of each test line once it is done. Train two, then compare them here.'}</Empty>}
    </Page>
  )
}

/** Read apart, so that the page's head stands while resamples are drawn. */
async function Pair({ a, b }: { a: string; b: string }) {
  const read = await readPair(a, b)
  if (!('refusal' in read)) return <LinesView a={named(read.paired.a)} b={named(read.paired.b)} dataset={read.paired.datasetId} comparison={read.comparison} />
  const lacking = read.code === 'no-answers' ? [a, b] : []
  return <Notice tone="warn" action={<span className="flex gap-2">{lacking.map((id, place) => <ButtonLink key={id} size="sm" href={`/runs/${id}`}>Run {place === 0 ? 'A' : 'B'}</ButtonLink>)}</span>}>{read.refusal}</Notice>
}

/** The pair, or why it cannot be compared. */
async function readPair(a: string, b: string): Promise<{ paired: PairedRuns; comparison: ComparedPair } | { code: string; refusal: string }> {
  try {
    const paired = await pairedRuns({ a, b })
    return { paired, comparison: await comparisonOf(paired) }
  } catch (error) {
    if (isAuditweaveError(error)) return { code: error.code, refusal: error.message }
    throw error
  }
}

function named({ id, number, name, preset, protocol }: NamedRun): NamedRun { return { id, number, name, preset, protocol } }

/** The runs named in the address, or all with answers on the data set of the first. */
async function choicesOf(ids: readonly string[], a: string, b: string): Promise<NamedRun[]> {
  if (ids.length > 0) return (await getRuns([...new Set([...ids, a, b])])).map(named)
  const of = a === '' ? null : await getRun(a)
  const answered = await listAnsweredRuns(of === null ? {} : { datasetId: of.datasetId })
  const missing = [a, b].filter((id) => id !== '' && !answered.some((run) => run.id === id))
  return [...answered, ...await getRuns(missing)].map(named)
}

function flat(search: Search): URLSearchParams {
  return new URLSearchParams(Object.entries(search).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : [])))
}
