import { LOG_VARIANTS } from '@/lib/model/linked/log-variants'
import type { ModelCard } from './model-card'

/** Figures of one form of the log: metrics named `metadata.lineAccuracy` are of the form `metadata`. */
export interface FormFigures { readonly name: string; readonly title: string; readonly values: Readonly<Record<string, number>> }

/** A model's metrics by the form of the log that they were taken on, the log as it was written first. */
export function formsOf(metrics: Readonly<Record<string, number>>): FormFigures[] {
  const forms = new Map<string, Record<string, number>>([['logged', {}]])
  for (const [name, value] of Object.entries(metrics)) {
    const dot = name.indexOf('.')
    const form = dot < 0 ? 'logged' : name.slice(0, dot)
    forms.set(form, { ...forms.get(form), [name.slice(dot + 1)]: value })
  }
  return [...forms].map(([name, values]) => ({ name, title: LOG_VARIANTS.find((variant) => variant.name === name)?.title ?? name, values }))
}

const MOST = 4

/** Models of the same preset and window, or else those that ship, under another protocol or of another kind. */
export function relatives(card: ModelCard, others: readonly ModelCard[]): ModelCard[] {
  const shown = others.filter(({ state }) => state !== 'archived')
  const kin = shown.filter(({ manifest }) => manifest.preset === card.manifest.preset && manifest.network.window === card.manifest.network.window && manifest.protocol.name !== card.manifest.protocol.name)
  return [...kin, ...shown.filter(({ origin }) => origin === 'ships')].filter((one, index, all) => all.indexOf(one) === index).slice(0, MOST)
}
