import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { repetitions } from '@/lib/experiments/spec/repetitions'

const COUNTS = [25, 50, 100, 200, 400, 800, 1600]
const SILENT = { rules: 'silent' }
const SMALL = { lines: null, held: 3000, window: 64, units: 32, steps: 200, batch: 16, leastSeen: 6 }
const ORDERS = ['random', 'uncertain', 'entropy', 'log']
/** Beside `log`, which knows next to nothing until the log is half labelled, the others are one line. */
const DRAWN = ORDERS.slice(0, 3)

/** With the rules speaking there is nothing left to choose from the first network on: three places show it. */
const SPOKEN = { rules: { speaking: { labels: [25, 100, 400] } } }

/** Ours: what the order in which lines are labelled is worth. */
export const activeLearning: ExperimentSpec = {
  name: 'active-learning',
  title: 'Order of labelling against accuracy',
  question: 'How many labels does it take to teach a network, by the order in which they are given?',
  reproduces: null,
  dataset: 'lab-a',
  runs: { kind: 'measure', measurement: 'active-learning' },
  protocols: [],
  scales: {
    smoke: { base: { ...SMALL, lines: 1500, held: 300, window: 32, units: 8, steps: 20, labels: [20, 40, 80] }, axes: { order: ['random', 'uncertain'], rules: ['silent'] }, seeds: [1], expectedMinutes: 0.2 },
    quick: { base: { ...SMALL, labels: COUNTS }, axes: { order: ORDERS, rules: ['silent', 'speaking'] }, by: SPOKEN, seeds: [1, 2], expectedMinutes: 7 },
    paper: { base: { ...SMALL, window: 128, units: 64, steps: 800, labels: [...COUNTS, 3200, 6400] }, axes: { order: ORDERS, rules: ['silent', 'speaking'] }, seeds: repetitions(10), expectedMinutes: 60 * 24 },
  },
  published: { source: 'nothing is published: the paper labels every line by hand, one after the other', points: [] },
  views: [
    { kind: 'lines', id: 'curve', title: 'Accuracy on the held-back sample by labels given, rules silent', x: 'labels', measure: 'heldAccuracy', series: 'order', where: { ...SILENT, order: DRAWN }, xScale: 'log' },
    { kind: 'lines', id: 'macro', title: 'Macro F1 on the held-back sample by labels given, rules silent', x: 'labels', measure: 'heldMacroF1', series: 'order', where: { ...SILENT, order: DRAWN }, xScale: 'log' },
    ...([['heldAccuracy', 'held', 'Accuracy on the held-back sample, all orders'], ['unseenAccuracy', 'unseen', 'Accuracy on what is not labelled yet'], ['labelledClasses', 'classes', 'Distinct labels met']] as const).map(([measure, id, title]) => ({
      kind: 'table' as const, id, title: `${title}, rules silent`, rows: ['labels'], where: SILENT,
      columns: ORDERS.map((order) => ({ measure, where: { order }, title: order })),
    })),
    {
      kind: 'table', id: 'with-rules', title: 'Accuracy on the held-back sample, all rules speaking', rows: ['labels'], where: { rules: 'speaking' },
      columns: ORDERS.map((order) => ({ measure: 'heldAccuracy' as const, where: { order }, title: order })),
      caption: 'With the rules the first labels are enough, in any order.',
    },
  ],
  checks: [
    ...[200, 400, 800, 1600].map((labels) => ({ kind: 'above' as const, measure: 'heldAccuracy', better: { order: 'uncertain', labels: labels / 2, ...SILENT }, worse: { order: 'random', labels, ...SILENT }, by: 0 })),
    { kind: 'above', measure: 'heldAccuracy', better: { order: 'uncertain', labels: 400, ...SILENT }, worse: { order: 'entropy', labels: 400, ...SILENT }, by: 0 },
    { kind: 'above', measure: 'heldAccuracy', better: { order: 'random', labels: 400, ...SILENT }, worse: { order: 'log', labels: 400, ...SILENT }, by: 0 },
    { kind: 'above', measure: 'heldAccuracy', better: { order: 'random', labels: 25, rules: 'speaking' }, worse: { order: 'random', labels: 1600, ...SILENT }, by: 0 },
  ],
  notes: [
    'A label is what a person says of one request: its role and action, not its context; all stages of a request bear it. The annotator is simulated and always right. Background has its own action as its label, as everywhere in these figures.',
    'The network is `linked`, trained from nothing each time on the labelled requests alone: never the one that ships, which has seen lab-a. What is not labelled stands around what is, as it does when a log is labelled: vocabularies are fitted on all lines, and windows hold lines whose labels nobody told. The sample that scores is drawn at random over the whole log before anything is labelled; it is no other log, and not the blocked protocol.',
    '`uncertain` is the queue of the labelling page: vote entropy over the windows that hold a line, the n-th line of a kind counting an n-th, one in ten at random. Its first labels are those of `random`; a network is trained anew whenever the labels have doubled. `entropy` takes the most uncertain lines alone, copies and all. `log` is the order of a prompt in a terminal.',
    'With all linking rules the network points at what they found after the first labels, and is right on all but a few lines in a thousand of lab-a whatever the order: there is nothing to gain by choosing. Here the rules are silent, so that it must learn from labels which earlier action a line follows; its other inputs (the line itself, its neighbours, the latest actions on its object, on what explains it, in its namespace) stay. This stands for logs of controllers that no rule knows.',
    'Without any input from links (tried once, one seed, not a launch) the order by uncertainty was worse than random in accuracy, .533 against .620 after 1,600 labels, and better in macro recall: the order pays where the network can tell what it does not know.',
    'At the quick scale the network is a quarter of the size (windows of 64 lines, 32 units) and learns in 200 steps; at the paper scale it has its own size and 800 steps.',
  ],
}
