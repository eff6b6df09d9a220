import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'

const METHODS = ['linked', 'links', 'k8ntext', 'k8ntext-2024']
const byMethod = (measure: string) => METHODS.map((method) => ({ measure, where: { method }, title: method }))

/** Ours: what the audit policy leaves of labels and contexts. */
export const level: ExperimentSpec = {
  name: 'level',
  title: 'Audit level against labels and contexts',
  question: 'What does a method still find when bodies are not logged, reads are omitted or clients are unknown?',
  reproduces: null,
  dataset: 'incidents-a',
  runs: { kind: 'measure', measurement: 'level' },
  protocols: [],
  scales: {
    smoke: { base: { lines: 800 }, axes: { method: METHODS }, seeds: [1], expectedMinutes: 0.3 },
    quick: { base: { lines: null }, axes: { method: METHODS }, seeds: [1], expectedMinutes: 1 },
    paper: { base: { lines: null }, axes: { method: METHODS }, seeds: [1], expectedMinutes: 1 },
  },
  published: { source: 'nothing is published: the paper\'s log is all of level RequestResponse', points: [] },
  views: [
    { kind: 'table', id: 'labels', title: 'Labels right, of those given', rows: ['form'], columns: byMethod('labelAccuracy') },
    { kind: 'table', id: 'coverage', title: 'Lines of contexts that are given a label', rows: ['form'], columns: byMethod('labelCoverage') },
    { kind: 'bars', id: 'b-cubed', title: 'B-cubed F1 of contexts by form of the log', category: 'form', measure: 'b3F1', series: 'method', sort: 'given' },
    { kind: 'table', id: 'contexts', title: 'B-cubed F1', rows: ['form'], columns: [...byMethod('b3F1'), { measure: 'loggedLines', where: { method: 'links' } }] },
    { kind: 'table', id: 'exact', title: 'Contexts of two and more lines found exactly', rows: ['form'], columns: byMethod('exactContexts2Plus') },
    { kind: 'heat', id: 'overview', title: 'Labels right by form and method', x: 'method', y: 'form', measure: 'labelAccuracy' },
  ],
  checks: [
    { kind: 'above', measure: 'b3F1', better: { method: 'linked', form: 'logged' }, worse: { method: 'k8ntext-2024', form: 'logged' }, by: 0.1 },
    { kind: 'above', measure: 'b3F1', better: { method: 'linked', form: 'metadata' }, worse: { method: 'k8ntext-2024', form: 'metadata' }, by: 0.1 },
    { kind: 'above', measure: 'b3F1', better: { method: 'linked', form: 'metadata-writes' }, worse: { method: 'links', form: 'metadata-writes' }, by: -0.005 },
    { kind: 'above', measure: 'b3F1', better: { method: 'links', form: 'logged' }, worse: { method: 'links', form: 'metadata' }, by: 0.001 },
  ],
  notes: [
    'The default model and `k8ntext-small`, whose labels the paper\'s clusterers get here, were both trained on lab-a. The figures are therefore of incidents-a, another capture of the same kind of cluster, which neither has seen; on lab-a they would tell how well the models remember it. Choose another data set when you launch it.',
    'Forms: `logged` as it is; `metadata` with all bodies stripped; `writes` without get, list and watch; `metadata-writes` both; `request` without answers; `mixed` with reads and ConfigMaps at the Metadata level; `agents` without user agents. Each is made of the log as it is, line by line, then read like any other log.',
    'Scored are the lines that a form logs, against the truth of the whole log: a context whose trigger is a read that was not logged is there without it. "Labels right" is of the lines that bear a label in the truth and were given one; coverage stands beside it.',
    'Two thirds of the paper\'s 39 features are read from bodies, and its clusterers compare names and owners that bodies hold: without them little is left of either. How right the labels are that the clusterers get limits them even as logged.',
    'On incidents-a links reach every line of a context in every form, so that the join of links and network can win nothing here and is a little worse where the network overrules a link. What the network is for, lines that no rule reaches and doubtful links, other logs show more of.',
  ],
}
