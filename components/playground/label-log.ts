import { createInlineEngine } from '@/lib/engine/wasm/inline'
import { labelEvents } from '@/lib/model/label-events'
import type { LinePrediction } from '@/lib/model/infer'
import { parseModel } from '@/lib/model/model-file'
import { labelText } from './describe-line'
import type { LogSession } from './log-session'
import type { Calls, Guess } from './protocol'

/** Runs a model over the log in this very thread; nothing but its two files came from elsewhere. */
export async function labelLog(session: LogSession, ask: Calls['model']['ask'], onProgress: (done: number, total: number) => void): Promise<Calls['model']['answer']> {
  const begin = performance.now()
  const model = parseModel(ask.manifest, new Uint8Array(ask.weights))
  const engine = await createInlineEngine(ask.engine)
  const predictions = await labelEvents(model, engine, session.events, { onProgress: ({ windows, total }) => onProgress(windows, total) })
  const counts = session.setGuesses(predictions.map(toGuess))
  return { name: model.manifest.name, ...counts, seconds: (performance.now() - begin) / 1000 }
}

function toGuess(prediction: LinePrediction | null): Guess | null {
  return prediction ? { label: labelText(prediction.label), confidence: prediction.confidence, runnerUp: labelText(prediction.runnerUp) } : null
}
