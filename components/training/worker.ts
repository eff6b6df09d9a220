import { createInlineEngine } from '@/lib/engine/wasm/inline'
import { serveCalls } from '@/components/worker/serve-calls'
import type { TrainCalls, TrainProgress } from './train-protocol'
import { TrainSession } from './train-session'

const session = new TrainSession()

const isFiles = (answer: unknown): answer is TrainCalls['finish']['answer'] => typeof answer === 'object' && answer !== null && 'zip' in answer

serveCalls<TrainCalls, TrainProgress>({
  load: ({ log, truth, name }, hooks) => session.load(log, truth, name, hooks),
  train: async ({ choice, kernels, proceed }, hooks) => {
    if (!proceed) session.reset()
    return session.train(choice, await createInlineEngine(kernels), hooks)
  },
  finish: (_, hooks) => session.finish(hooks),
}, ({ kind }) => (kind === 'epoch' ? null : kind), (answer) => (isFiles(answer) ? [answer.weights, answer.zip] : []))
