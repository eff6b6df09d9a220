import type { WrittenDataset } from './write-dataset.node.ts'

export interface CardFacts extends WrittenDataset {
  readonly campaigns: readonly { readonly id: string; readonly name: string; readonly title: string; readonly seed: number }[]
  readonly clusterVersion: string
  readonly levels: Readonly<Record<string, number>>
  readonly redacted: boolean
  readonly restless: number
  readonly surprises: number
}

/** The data set's card: where it is from, how it was labelled, how sure that is. Markdown. */
export function captureCard(facts: CardFacts): string {
  const { roles, campaigns, levels } = facts
  const [sure, all] = [facts.requests - facts.unsure, facts.requests]
  return `# A capture of ${campaigns.map(({ name }) => name).join(', ')}

${facts.lines.toLocaleString('en')} lines of ${all.toLocaleString('en')} requests, written by Kubernetes ${facts.clusterVersion} at ${Object.entries(levels).map(([level, lines]) => `level ${level} (${lines.toLocaleString('en')} lines)`).join(', ')}; ${facts.redacted ? 'redacted' : 'NOT redacted: it holds what Secrets, ConfigMaps and tokens held'}.

| campaign | what it does | id | seed |
| --- | --- | --- | --- |
${campaigns.map(({ name, title, id, seed }) => `| ${name} | ${title.replaceAll('|', '/')} | ${id} | ${seed} |`).join('\n')}

| file | what it is |
| --- | --- |
| \`audit.jsonl.gz\` | the log, JSON lines in order of requestReceivedTimestamp |
| \`truth.jsonl.gz\` | \`{auditID, context, role, label}\` of every request that is sure |
| \`unsure.jsonl\` | \`{auditID, reason, perhaps}\` of the others: they bear no label |
| \`requests.jsonl\` | what the capture sent, step by step |
| \`capture.json\` | these figures, and the files' SHA-256 |

Labelled by the capture itself: ${sure.toLocaleString('en')} of ${all.toLocaleString('en')} requests (${(all === 0 ? 0 : (100 * sure) / all).toFixed(1)} %): ${roles.trigger.toLocaleString('en')} triggers, ${roles.consequence.toLocaleString('en')} consequences, ${roles.background.toLocaleString('en')} background, ${roles.nonresource.toLocaleString('en')} that name no object; ${facts.contexts.toLocaleString('en')} contexts, ${facts.labels.toLocaleString('en')} distinct labels. A trigger is told by the audit ID that it was sent under. A consequence is labelled where two of three witnesses agree (the name of its object, the time, the links) and the links do not say otherwise.${facts.missing > 0 ? ` ${facts.missing.toLocaleString('en')} requests that were sent are not in the log: the audit policy leaves them out, or it came too late.` : ''}${facts.restless > 0 ? ` Before ${facts.restless.toLocaleString('en')} changes the cluster did not come to rest.` : ''}${facts.surprises > 0 ? ` ${facts.surprises.toLocaleString('en')} requests were answered otherwise than planned, which their labels do not depend on.` : ''}

Names tell the truth here because it was made from them: a method that groups by the random part of a name would cheat itself.
`
}
