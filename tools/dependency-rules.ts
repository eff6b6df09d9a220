/** Which folders may import which. A folder may always import itself; `tests` are held to the same rules. */
export interface LayerRule {
  readonly from: string
  readonly may: readonly string[]
  /** Single files of which types may be imported, and nothing that runs. */
  readonly typesOf?: readonly string[]
  readonly why: string
}

const DATA = ['lib/audit']
const PARTS = [...DATA, 'lib/features', 'lib/labels', 'lib/engine']
const METHODS = [...PARTS, 'lib/model', 'lib/contexts', 'lib/query']
const LABELLING = [...METHODS, 'lib/labelling']

export const LAYERS: readonly LayerRule[] = [
  { from: 'lib/audit', may: [], why: 'an event knows nothing of what is made of it' },
  { from: 'lib/labels', may: DATA, why: 'labels are read off events alone' },
  { from: 'lib/features', may: [...DATA, 'lib/labels'], why: 'features are read off events; the verb map is the labels\' own' },
  { from: 'lib/engine', may: DATA, why: 'tensors know no events; only the error class is shared' },
  { from: 'lib/query', may: [...DATA, 'lib/labels', 'lib/features'], why: 'a query sees events and labels, not how they were found' },
  { from: 'lib/contexts', may: [...PARTS, 'lib/query'], why: 'contexts come before models, so that models can learn from links' },
  { from: 'lib/model', may: [...PARTS, 'lib/contexts'], why: 'a model may read links, never a database' },
  { from: 'lib/labelling', may: METHODS, why: 'people label what methods propose; what they said is data to everything after' },
  { from: 'lib/export', may: LABELLING, why: 'output formats see results, not how they are stored' },
  { from: 'lib/experiments', may: [...LABELLING, 'experiments', 'lib/export'], why: 'an experiment runs without a database' },
  { from: 'lib/live', may: METHODS, why: 'contexts that grow and what watches find in them: events in, no receiver, no database, no page' },
  { from: 'lib/alerts', may: [...METHODS, 'lib/live'], why: 'what other tools said of requests, folded into contexts; it knows the watches that ship and no database' },
  { from: 'lib/receive', may: METHODS, why: 'events are received without a database' },
  { from: 'lib/capture', may: [...LABELLING, 'lib/receive', 'lib/export'], why: 'a capture makes a labelled log without a database' },
  { from: 'lib/figures', may: [...METHODS, 'lib/experiments', 'lib/export'], why: 'pictures and files of reports: they read a report and know no page' },
  { from: 'lib/notebook', may: [...METHODS, 'lib/experiments', 'lib/figures', 'lib/export'], why: 'a notebook is text and what came of it, wherever that is stored' },
  { from: 'lib/store', may: [...LABELLING, 'lib/live', 'lib/experiments', 'lib/export', 'lib/notebook', 'generated'], why: 'the only door to PostgreSQL' },
  { from: 'lib/jobs', may: [...LABELLING, 'lib/live', 'lib/receive', 'lib/experiments', 'lib/export', 'lib/store', 'generated'], why: 'jobs move work between the store and lib' },
  { from: 'experiments', may: ['lib/experiments'], why: 'specs are data' },
  { from: 'components', may: [...LABELLING, 'lib/alerts', 'lib/live', 'lib/experiments', 'lib/export', 'lib/figures', 'lib/notebook', 'app/api/contracts'], typesOf: ['lib/store/run-types', 'lib/store/saved-views', 'lib/store/types'], why: 'components run in the browser: no store, no jobs' },
  { from: 'app', may: ['lib', 'components', 'experiments', 'cli/start'], why: 'pages parse, call and answer' },
  { from: 'cli', may: ['lib', 'experiments', 'generated'], why: 'the command line parses and prints' },
]

/** Packages that only some folders may know. */
export const PACKAGES: readonly { readonly pattern: RegExp; readonly only: readonly string[]; readonly why: string }[] = [
  { pattern: /^(react|react-dom|next|recharts|@tanstack\/|radix-ui|lucide-react|@monaco-editor\/|monaco-editor)/, only: ['app', 'components', 'next.config.ts', 'proxy.ts'], why: 'lib knows no framework' },
  { pattern: /^(pg|pg-boss|pg-copy-streams|@prisma\/|prisma)(\/|$)/, only: ['lib/store', 'lib/jobs', 'cli/start', 'prisma', 'prisma.config.ts', 'generated'], why: 'only the store and the queue know PostgreSQL' },
  { pattern: /^@kubernetes\//, only: ['lib/capture'], why: 'only a capture talks to a cluster' },
  { pattern: /^playwright-core|^axe-core/, only: ['e2e', 'tools'], why: 'the browser is driven from e2e alone' },
]

/** Folders whose files run unchanged in the browser, so must not name Node modules outside `*.node.ts`. */
export const PORTABLE = ['lib/alerts', 'lib/audit', 'lib/labels', 'lib/features', 'lib/contexts', 'lib/model', 'lib/query', 'lib/engine', 'lib/labelling', 'lib/export', 'lib/figures', 'lib/notebook', 'lib/live', 'components']
