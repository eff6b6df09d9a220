import type { BarsBody, HeatBody, LinesBody, ScatterBody, StripsBody, Summary } from '@/lib/experiments/report/report-types'
import type { PictureBody } from '../draw'

/** Sine waves in place of chance: the same on every machine. */
function wave(index: number): number {
  return Math.round(Math.sin(index * 12.9898) * 1000) / 1000
}

function summary(mean: number, spread: number, seed: number, repetitions = 5): Summary {
  const values = Array.from({ length: repetitions }, (_, index) => ({ run: `run-${seed}-${index}`, number: seed * 10 + index, seed: index + 1, value: Number((mean + spread * wave(seed * 7 + index)).toFixed(4)) }))
  const middle = values.reduce((sum, { value }) => sum + value, 0) / repetitions
  const deviation = repetitions > 1 ? Math.sqrt(values.reduce((sum, { value }) => sum + (value - middle) ** 2, 0) / (repetitions - 1)) : null
  return { mean: middle, deviation, values }
}

const published = (mean: number, deviation: number | null): Summary => ({ mean, deviation, values: [] })
const F1 = { measure: 'windowPartsF1', title: 'F1 of label parts, window positions', unit: null, scale: 'linear', domain: [0, 1] } as const
const WINDOWS = [5, 10, 20, 30, 40, 50, 60]

function lines(): LinesBody {
  const paper = [0.81, 0.927, 0.968, 0.979, 0.981, 0.987, 0.982]
  return {
    kind: 'lines', x: { title: 'Window', unit: 'lines', scale: 'linear', domain: null }, y: F1,
    series: [
      { key: 'paper', title: 'paper protocol', published: false, points: WINDOWS.map((x, i) => ({ x, ...summary((paper[i] ?? 0) - 0.02, 0.015, i + 1) })) },
      { key: 'blocked', title: 'blocked protocol', published: false, points: WINDOWS.map((x, i) => ({ x, ...summary(0.52 + 0.03 * i, 0.03, i + 11) })) },
      { key: 'published', title: 'published', published: true, points: WINDOWS.map((x, i) => ({ x, ...published(paper[i] ?? 0, 0.01) })) },
    ],
  }
}

function linesLog(): LinesBody {
  const strides = [1, 2, 5, 10, 20, 30, 60]
  return {
    kind: 'lines', x: { title: 'Stride of windows', unit: 'lines', scale: 'log', domain: null }, y: { measure: 'inferMillisPerLine', title: 'Inference per line', unit: 'ms', scale: 'log', domain: null },
    series: [{ key: 'majority', title: 'majority vote', published: false, points: strides.map((x, i) => ({ x, ...summary(4 / x, 0.3 / x, i) })) }, { key: 'weighted', title: 'centre-weighted vote', published: false, points: strides.map((x, i) => ({ x, ...summary(4.6 / x, 0.3 / x, i + 9, 1) })) }],
  }
}

function linesOverNames(): LinesBody {
  return { kind: 'lines', x: { title: 'Form of the log', unit: null, scale: 'point', domain: null }, y: { ...F1, title: 'Tuple accuracy' }, series: [{ key: 'ours', title: 'linked', published: false, points: ['logged', 'no reads', 'metadata'].map((x, i) => ({ x, ...summary(0.98 - 0.02 * i, 0.01, i + 3) })) }] }
}

function heat(): HeatBody {
  const shares = [0.1, 0.3, 0.5, 0.7]
  const cells = shares.flatMap((y, j) => shares.flatMap((x, i) => (x + y > 0.95 ? [] : [{ x, y, published: i === 0 && j === 0 ? 0.9839 : null, ...summary(0.97 - 0.25 * (x + y - 0.2), 0.01, i * 4 + j) }])))
  return { kind: 'heat', x: { title: 'Validation share', values: shares }, y: { title: 'Test share', values: shares }, value: F1, cells: [...cells, { x: 0.7, y: 0.7, published: 0.61, ...published(0.61, null) }] }
}

function strips(): StripsBody {
  const ks = [2, 3, 5, 10, 20]
  return { kind: 'strips', value: { ...F1, title: 'Tuple accuracy' }, strips: ks.flatMap((k) => Array.from({ length: k }, (_, i) => ({ k, fold: i + 1, from: i / k, to: (i + 1) / k, ...summary(0.6 + 0.25 * Math.abs(wave(k + i)), 0, i, 1) }))) }
}

function bars(): BarsBody {
  const bins = ['1', '2 to 4', '5 to 9', '10 to 49', '50 to 99', '100 or more']
  return {
    kind: 'bars', horizontal: true, value: { title: 'Labels', unit: null, scale: 'linear', domain: null }, category: { title: 'Lines of a context' }, baseline: null,
    series: [{ key: 'truth', title: 'truth', published: false, bars: bins.map((category, i) => ({ category, title: category, ...summary(120 / (i + 1), 4, i, 3) })) }, { key: 'published', title: 'published', published: true, bars: [{ category: '100 or more', title: '100 or more', ...published(4, null) }, { category: '50 to 99', title: '50 to 99', ...published(12, null) }] }],
  }
}

function barsLog(): BarsBody {
  const forms = ['raw', 'raw-gzip', 'compact', 'contexts-gzip']
  const bar = (category: string, of: Summary) => ({ category, title: category, ...of })
  return {
    kind: 'bars', horizontal: true, value: { measure: 'ratio', title: 'Times smaller than as logged', unit: null, scale: 'log', domain: null }, category: { title: 'Form of the log' }, baseline: null,
    series: [{ key: 'ours', title: 'ours', published: false, bars: forms.map((form, i) => bar(form, summary(8 ** i, 0, i, 1))) }, { key: 'published', title: 'published', published: true, bars: [bar('raw', published(1, null)), bar('compact', published(344, null))] }],
  }
}

function barsBaseline(): BarsBody {
  const names = ['objectRef.subresource', 'responseObject.involvedObject.kind', 'verb', 'user.groups[1]', 'userAgent.extra', 'requestObject.metadata.ownerReferences.blockOwnerDeletion', '<script>alert(1)</script> & "co"']
  return { kind: 'bars', horizontal: true, value: F1, category: { title: 'Left out' }, baseline: summary(0.965, 0.006, 40), series: [{ key: 'ours', title: 'ours', published: false, bars: names.map((title, i) => ({ category: title, title, ...summary(0.92 + 0.009 * i, 0.008, i + 20) })) }] }
}

function scatter(): ScatterBody {
  const marks = Array.from({ length: 60 }, (_, i) => ({ x: Math.round(2 ** (12 - i / 6)), y: Math.min(1, Math.max(0, 1.02 - (i / 60) * Math.abs(wave(i)))), title: i === 0 ? 'patch leases.coordination.k8s.io' : i === 1 ? 'create pods' : `watch widgets-${i}.example.com (cluster-wide, many)`, runs: [] }))
  return { kind: 'scatter', x: { title: 'weight of the label', unit: 'test lines', scale: 'log', domain: null }, y: { title: 'accuracy (recall)', unit: null, scale: 'linear', domain: [0, 1] }, series: [{ key: 'ours', title: 'labels', marks }] }
}

/** Made-up figures, one or more a view kind: what the drawers are shown on. They look like results and are none. */
export const GALLERY: Readonly<Record<string, PictureBody>> = { 'lines': lines(), 'lines-log': linesLog(), 'lines-names': linesOverNames(), 'heat': heat(), 'strips': strips(), 'bars': bars(), 'bars-baseline': barsBaseline(), 'bars-log': barsLog(), 'scatter': scatter(), 'empty': { ...lines(), series: [] }, 'empty-strips': { ...strips(), strips: [] }, 'empty-bars': { ...bars(), series: [] }, 'empty-heat': { ...heat(), cells: [], x: { title: 'Validation share', values: [] }, y: { title: 'Test share', values: [] } }, 'empty-scatter': { ...scatter(), series: [] } }

export function galleryBody(name: string): PictureBody {
  const found = GALLERY[name]
  if (!found) throw new Error(`The gallery has no ${name}.`)
  return found
}
