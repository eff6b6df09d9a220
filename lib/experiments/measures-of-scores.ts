import type { Measure } from './measures'

type Row = readonly [key: string, title: string, short: string, hint: string]

const of = (better: 'more' | 'less') => ([key, title, short, hint]: Row): Measure => ({ key, title, short, hint, unit: null, digits: 4, better, domain: [0, 1], from: 'metrics' })

/** Shares and scores of a training over its test lines, 0 to 1. */
export const SCORES: readonly Measure[] = [
  ...([
    ['windowPartsF1', 'F1 of label parts, window positions', 'F1', 'Macro F1 over the values of the five label parts, every position of every test window: what the paper reports'],
    ['linePartsF1', 'F1 of label parts, lines', 'F1, lines', 'Macro F1 over the values of the five label parts, each test line once, after the vote'],
    ['lineMacroF1', 'Macro F1 of whole labels', 'Macro F1', 'Each test line once, after the vote; every distinct label weighs the same'],
    ['lineWeightedF1', 'Weighted F1 of whole labels', 'Weighted F1', 'Each test line once, after the vote; labels weigh by their lines'],
    ['lineAccuracy', 'Tuple accuracy', 'Accuracy', 'Share of test lines with all five label parts right, after the vote'],
    ['windowMacroF1', 'Macro F1 of whole labels, window positions', 'Macro F1, windows', 'Every position of every test window; every distinct label weighs the same'],
    ['windowWeightedF1', 'Weighted F1 of whole labels, window positions', 'Weighted F1, windows', 'Every position of every test window; labels weigh by their lines'],
    ['windowAccuracy', 'Tuple accuracy, window positions', 'Accuracy, windows', 'Share of positions of test windows with all five label parts right'],
    ['lineResourceAccuracy', 'Resource accuracy', 'Resource', 'Share of test lines with the right resource'],
    ['lineSubresourceAccuracy', 'Sub-resource accuracy', 'Sub-resource', 'Share of test lines with the right sub-resource'],
    ['lineVerbAccuracy', 'Verb accuracy', 'Verb', 'Share of test lines with the right verb class'],
    ['lineNamespacedAccuracy', 'Namespaced accuracy', 'Namespaced', 'Share of test lines with the right scope'],
    ['lineSingleAccuracy', 'Single accuracy', 'Single', 'Share of test lines told rightly as about one object or many'],
    ['lineKappa', 'Cohen’s kappa', 'Kappa', 'Agreement with the truth beyond chance, each test line once'],
    ['contextAccuracy', 'Tuple accuracy, lines of contexts', 'In contexts', 'Of the linked network: the test lines of triggers and consequences alone, background left out'],
    ['roleAccuracy', 'Role accuracy', 'Roles', 'Of the linked network: share of test lines told rightly as trigger, consequence or background'],
    ['metadataAccuracy', 'Tuple accuracy, bodies stripped', 'Metadata', 'Lines of contexts among the test lines, as a log of the Metadata level has them'],
    ['metadataMacroF1', 'Macro F1, bodies stripped', 'Metadata F1', 'Lines of contexts among the test lines, as a log of the Metadata level has them; every distinct label weighs the same'],
    ['writesAccuracy', 'Tuple accuracy, writes alone logged', 'Writes', 'Lines of contexts among the test lines, in a log that omits reads'],
    ['agentsAccuracy', 'Tuple accuracy, user agents stripped', 'No agents', 'Lines of contexts among the test lines, without user agents'],
    ['linksAccuracy', 'Tuple accuracy, links alone', 'Links', 'Lines of contexts among the test lines, by what links say without the network'],
  ] as const).map(of('more')),
  ...([
    ['calibrationError', 'Calibration error', 'Calibration', 'Mean distance between confidence and accuracy'],
    ['leakedTestLines', 'Test lines also in training windows', 'Leak', 'Share of test lines that also stand in a training window'],
  ] as const).map(of('less')),
]
