import type { Measure } from './measures'

type Rest = Pick<Measure, 'unit' | 'digits' | 'better' | 'domain'>
type Row = readonly [key: string, title: string, short: string, hint: string]

const COUNT: Rest = { unit: null, digits: 0, better: null, domain: null }
const MILLIS: Rest = { unit: 'ms', digits: 3, better: 'less', domain: null }
const SCORE: Rest = { unit: null, digits: 4, better: 'more', domain: [0, 1] }

const of = (rest: Rest) => ([key, title, short, hint]: Row): Measure => ({ key, title, short, hint, ...rest, from: 'points' })

/** What runs yield that train nothing (`measurements/`). */
export const measurementMeasures: readonly Measure[] = [
  ...([
    ['modelMillisPerLine', 'Model per line', 'Model', 'The network alone, without decoding and vote, divided by lines'],
    ['queryMillis', 'Querying time', 'Query', 'Median over the repetitions of a run; all contexts of the log'],
    ['inferCpuMillisPerLine', 'Processor time per line', 'CPU per line', 'Over all threads, divided by lines; mean of the repetitions: changes little on a busy machine'],
    ['queryCpuMillis', 'Processor time a query', 'CPU', 'Over all threads; mean of the repetitions'],
  ] as const).map(of(MILLIS)),
  ...([
    ['inferMillisPerLineDeviation', 'Inference per line, deviation', '± per line', 'Sample standard deviation over the repetitions of one run'],
    ['queryMillisDeviation', 'Querying time, deviation', '±', 'Sample standard deviation over the repetitions of one run'],
  ] as const).map(of({ ...MILLIS, better: null })),
  ...([
    ['relinkMillis', 'Finding the contexts anew', 'Linking', 'Links of the whole log from its facts, and laying out the columns; median over repetitions'],
    ['withRelinkMillis', 'Query, contexts found anew', 'With linking', 'Finding the contexts anew and the query, added up'],
  ] as const).map(of({ ...MILLIS, digits: 1 })),
  of({ ...COUNT, better: 'more' })(['linesPerSecond', 'Lines a second', 'Lines/s', '1000 over the inference time a line in ms']),
  of({ unit: 'bytes', digits: 0, better: 'less', domain: null })(['bytes', 'Bytes', 'Bytes', 'What the form takes on disk']),
  of({ unit: 'bytes', digits: 1, better: 'less', domain: null })(['bytesPerLine', 'Bytes a line', 'Bytes/line', 'Divided by the lines of the whole log']),
  of({ unit: null, digits: 1, better: 'more', domain: null })(['ratio', 'Times smaller than as logged', 'Times smaller', 'Bytes of the log as written over the bytes of this form']),
  of({ unit: null, digits: 4, better: null, domain: [0, 1] })(['labelShare', 'Share of labels', 'Share', 'Of the distinct labels']),
  of({ unit: null, digits: 2, better: null, domain: null })(['meanContextLines', 'Lines a context', 'Lines/context', 'Mean over contexts of their distinct requests']),
  ...([
    ['b3Precision', 'B-cubed precision', 'B³ P', 'Over trigger and consequence records'], ['b3Recall', 'B-cubed recall', 'B³ R', 'Over trigger and consequence records'], ['b3F1', 'B-cubed F1', 'B³ F1', 'Over trigger and consequence records'],
    ['pairF1', 'Pairwise F1', 'Pair F1', 'Over pairs of records in one context'],
    ['exactContexts', 'Contexts found exactly', 'Exact', 'Of all contexts; four in five are single lines'], ['exactContexts2Plus', 'Contexts of 2+ lines found exactly', 'Exact, 2+', 'Of the contexts of two lines and more'],
    ['meanJaccard', 'Mean Jaccard of contexts', 'Jaccard', 'Of each context with the one found that is most like it'],
    ['labelCoverage', 'Label coverage', 'Coverage', 'Of the lines that bear a label in the truth, those that are given one'],
    ['labelAccuracy', 'Labels right, of those given', 'Labels', 'Of the lines that bear a label in the truth and are given one'],
    ['labelMacroF1', 'Macro F1 of labels', 'Macro F1', 'Every distinct label weighs the same'],
    ['heldAccuracy', 'Accuracy on the held-back sample', 'Held back', 'Whole labels right of requests drawn at random that were never offered for labelling'],
    ['heldMacroF1', 'Macro F1 on the held-back sample', 'Macro F1', 'Every distinct label weighs the same'],
    ['unseenAccuracy', 'Accuracy on what is not labelled', 'Unseen', 'Of all requests that may be labelled and are not yet; an order that takes the hard ones leaves the easy ones'],
    ['contextRoleAccuracy', 'Roles right, triggers and consequences', 'Roles', 'Of the lines of contexts'],
  ] as const).map(of(SCORE)),
  of({ ...SCORE, domain: [-1, 1] })(['ari', 'Adjusted Rand index', 'ARI', 'Of contexts over trigger and consequence records; 0 is chance, and it can be below']),
  ...([
    ['inferredLines', 'Lines labelled', 'Lines', 'Lines of one pass'], ['queryRepetitions', 'Repetitions', 'Repetitions', 'How often the query was timed'],
    ['matches', 'Contexts that match', 'Matches', 'Of all contexts of the log'], ['contexts', 'Contexts', 'Contexts', 'Contexts found'],
    ['storedLines', 'Lines or contexts held', 'Held', 'Lines (or, of contexts, contexts) that the form tells of'], ['loggedLines', 'Lines of the log', 'Lines', 'Lines that the form logs'],
    ['labels', 'Labels', 'Labels', 'Distinct labels whose contexts are of this mean size'], ['heldLines', 'Requests held back', 'Held back', 'Drawn at random; scored and never learnt from'], ['labelledClasses', 'Labels met', 'Labels', 'Distinct labels among those given'],
    ['contextLines', 'Lines in contexts', 'Lines', 'Distinct requests in the contexts of these labels'],
    ['scoredRecords', 'Records scored', 'Records', 'Records of triggers and consequences'], ['scoredContexts', 'Contexts scored', 'Contexts', 'Contexts of the truth'],
  ] as const).map(of(COUNT)),
]
