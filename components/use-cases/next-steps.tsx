import type { ReactNode } from 'react'
import { Section } from '@/components/ui/page'

/** What to do now, in order. */
export function NextSteps({ steps }: { steps: readonly ReactNode[] }) {
  return (
    <Section title="What to do next">
      <ol className="list-decimal space-y-1 pl-5">{steps.map((step, at) => <li key={at} className="max-w-[86ch]">{step}</li>)}</ol>
    </Section>
  )
}
