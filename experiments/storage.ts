import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'

const PAPER_LINES = 18_478
const RAW = 64e6
const COMPACT = 186e3

/** Section 7.3: what a log takes in each of the forms in which it can be kept. */
export const storage: ExperimentSpec = {
  name: 'storage',
  title: 'Storage space',
  question: 'How much smaller does a log become when its contexts are known?',
  reproduces: 'section 7.3',
  dataset: 'lab-a',
  runs: { kind: 'measure', measurement: 'storage' },
  protocols: [],
  scales: {
    smoke: { base: { lines: 1500 }, axes: { method: ['linked'] }, seeds: [1], expectedMinutes: 0.1 },
    quick: { base: { lines: PAPER_LINES }, axes: { method: ['linked'] }, seeds: [1], expectedMinutes: 0.5 },
    paper: { base: { lines: PAPER_LINES }, axes: { method: ['linked', 'links', 'k8ntext', 'k8ntext-2024'] }, seeds: [1], expectedMinutes: 5 },
  },
  published: {
    source: 'K8NTEXT, section 7.3: 18,478 lines, 64 MB as logged, 186 KB without control plane and with the essential details (taken as 10^6 and 10^3 bytes)',
    points: [
      { axes: { form: 'raw' }, measures: { bytes: RAW, bytesPerLine: RAW / PAPER_LINES, ratio: 1, storedLines: PAPER_LINES, loggedLines: PAPER_LINES } },
      { axes: { form: 'compact' }, measures: { bytes: COMPACT, bytesPerLine: COMPACT / PAPER_LINES, ratio: RAW / COMPACT, loggedLines: PAPER_LINES } },
    ],
  },
  views: [
    {
      kind: 'table', id: 'forms', title: 'Section 7.3: sizes by form', rows: ['form'], where: { method: 'linked' },
      columns: [
        { measure: 'bytes' }, { measure: 'bytes', published: true, title: 'Published bytes' }, { measure: 'bytesPerLine' }, { measure: 'bytesPerLine', published: true, title: 'Published bytes a line' },
        { measure: 'ratio' }, { measure: 'ratio', published: true, title: 'Published times smaller' }, { measure: 'storedLines' },
      ],
    },
    { kind: 'bars', id: 'ratio', title: 'How many times smaller than as logged', category: 'form', measure: 'ratio', where: { method: 'linked' }, sort: 'given', published: true, yScale: 'log', horizontal: true, caption: 'On a logarithmic axis.' },
  ],
  checks: [
    { kind: 'above', measure: 'ratio', better: { form: 'compact-gzip', method: 'linked' }, worse: { form: 'raw-gzip', method: 'linked' }, by: 0 },
    { kind: 'above', measure: 'ratio', better: { form: 'contexts-gzip', method: 'linked' }, worse: { form: 'raw', method: 'linked' }, by: RAW / COMPACT },
  ],
  notes: [
    'Forms: `raw` the log as JSON lines; `embedded` the same with role, label, confidence, context and links in every line; `stripped` that without the lines of no context, the control plane\'s own; `records` the reconstruction by itself, a record a line; `compact` one line a context with the essential fields and links of each member; `contexts` one line a context with its trigger and how many lines followed, without the members. `-gzip` is the same packed.',
    'The paper says that its compact form keeps "the essential log details" in 10 bytes a line; its repository has no code for it. That is less than an auditID: it cannot hold every line. What comes near in content is the authors\' table of actions, one row a context, and with us `contexts`. Our compact form keeps every member with its time, its confidence and the evidence that links it, from which the records are read back.',
    '`raw` is written anew from the events as read: secrets are redacted, and the few fields that no method reads are missing. On lab-a it is .3 % smaller than the file.',
    'How much is saved depends on the log: stripping the control plane saves much where little happens, and lab-a has ten actions in flight at any time.',
  ],
}
