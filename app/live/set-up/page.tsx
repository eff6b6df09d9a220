import type { Metadata } from 'next'
import { Page, Section } from '@/components/ui/page'
import { CopyBlock } from '@/components/receiving/copy-block'
import { FLAGS, KUBECONFIG, LEVELS, POLICY, START } from '@/components/receiving/set-up-texts'
import { guardPage } from '../../guard'

export const metadata: Metadata = { title: 'Receive from a cluster' }

export default async function SetUpPage() {
  await guardPage()
  return (
    <Page title="Receive from a cluster" crumb={{ href: '/live', label: 'Live' }} summary="What Auditweave and kube-apiserver must be told so that audit events come in as they happen. docs/receive.md has the whole of it.">
      <Section title="1. Auditweave">
        <p>Events arrive at a port of their own, guarded by a token, and are kept in the data folder before they are acknowledged. Beyond this machine give it a certificate.</p>
        <CopyBlock label="Start with a receiver for a cluster" text={START} />
      </Section>
      <Section title="2. Flags of kube-apiserver">
        <CopyBlock label="Flags" text={FLAGS.map(({ flag, value }) => `${flag}=${value}`).join('\n')} />
        <table className="w-full text-left"><thead><tr className="text-12 text-dim"><th className="py-1 pr-4 font-medium">Flag</th><th className="font-medium">Why</th></tr></thead>
          <tbody>{FLAGS.map(({ flag, why }) => <tr key={flag} className="border-t border-line"><td className="py-1 pr-4 font-mono text-12">{flag}</td><td>{why}</td></tr>)}</tbody></table>
      </Section>
      <Section title="3. Where to: the webhook's kubeconfig"><CopyBlock label="Webhook kubeconfig" text={KUBECONFIG} /></Section>
      <Section title="4. What to log: the audit policy">
        <CopyBlock label="Audit policy" text={POLICY} />
        <p>Bodies hold most of the links. What each choice costs, measured on the capture incidents-a with the default method (5,543 lines as logged; nothing held out; experiment <code className="font-mono text-12">level</code>, docs/figures/level/report.md):</p>
        <table className="mt-2 text-left"><thead><tr className="text-12 text-dim">{['What is logged', 'Lines', 'Contexts: B-cubed F1', 'Labels right'].map((head) => <th key={head} className="py-1 pr-6 font-medium">{head}</th>)}</tr></thead>
          <tbody>{LEVELS.map(({ what, lines, bCubed, labels }) => <tr key={what} className="border-t border-line"><td className="py-1 pr-6">{what}</td><td className="pr-6">{lines}</td><td className="pr-6">{bCubed}</td><td>{labels}</td></tr>)}</tbody></table>
      </Section>
      <Section title="Try it without a cluster">
        <p>Replays a capture that ships as kube-apiserver would send it, twenty times as fast as it happened.</p>
        <CopyBlock label="Replay a capture" text="npx auditweave replay datasets/incidents-a/audit.jsonl.gz --to http://127.0.0.1:8085/audit --speed 20" />
      </Section>
    </Page>
  )
}
