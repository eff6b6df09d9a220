'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { LoadedLog, ModelAnswer } from './protocol'
import { fetchModel } from './fetch-model'
import { WorkerClient } from './worker-client'

export interface LogState {
  readonly phase: 'empty' | 'reading' | 'ready' | 'failed'
  readonly name: string
  readonly share: number | null
  readonly log: LoadedLog | null
  readonly error: string | null
  /** What the network did; null until it has. */
  readonly model: ModelAnswer | null
  readonly modelState: 'none' | 'running' | 'done' | 'failed'
  readonly modelNote: string | null
}

const EMPTY: LogState = { phase: 'empty', name: '', share: null, log: null, error: null, model: null, modelState: 'none', modelNote: null }

const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'The log could not be read.')

/** The log in the worker: reads one, then lets the default model label it. */
export function useLog(): { state: LogState; client: React.RefObject<WorkerClient | null>; read: (source: Blob, name: string) => void; clear: () => void } {
  const [state, setState] = useState<LogState>(EMPTY)
  const client = useRef<WorkerClient | null>(null)
  const turn = useRef(0)
  useEffect(() => () => {
    client.current?.dispose()
    client.current = null
  }, [])
  const read = useCallback((source: Blob, name: string) => {
    const mine = ++turn.current
    const change = (next: Partial<LogState>): void => {
      if (turn.current === mine) setState((now) => ({ ...now, ...next }))
    }
    client.current?.dispose()
    const worker = new WorkerClient()
    client.current = worker
    setState({ ...EMPTY, phase: 'reading', name, share: 0 })
    worker.call('load', { source }, { progress: (done, total) => change({ share: total ? done / total : null }) }).then(
      (log) => {
        change({ phase: 'ready', log })
        void labelWithModel(worker, change)
      },
      (error: unknown) => change({ phase: 'failed', error: textOf(error) }),
    )
  }, [])
  const clear = useCallback(() => {
    turn.current++
    client.current?.dispose()
    client.current = null
    setState(EMPTY)
  }, [])
  return { state, client, read, clear }
}

async function labelWithModel(worker: WorkerClient, change: (next: Partial<LogState>) => void): Promise<void> {
  try {
    const files = await fetchModel()
    if (!files) return change({ modelNote: 'No model is stored yet: labels are those that links give. A finished run leaves one.' })
    change({ modelState: 'running', modelNote: `${files.name} labels the lines…` })
    const model = await worker.call('model', { manifest: files.manifest, weights: files.weights, engine: files.engine }, { transfer: [files.weights, files.engine] })
    change({ modelState: 'done', model, modelNote: null })
  } catch (error) {
    change({ modelState: 'failed', modelNote: `The model could not label these lines: ${textOf(error)}` })
  }
}
