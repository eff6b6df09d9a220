/** An error that the server explained; its message is for the reader. */
export class ApiError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'ApiError'
    this.code = code
  }
}

/** Asks the server; a refusal becomes an ApiError with the server's own words. */
export async function callApi<T>(path: string, init: { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; signal?: AbortSignal } = {}): Promise<T> {
  const options: RequestInit = { method: init.method ?? 'GET' }
  if (init.signal) options.signal = init.signal
  if (init.body !== undefined) {
    options.body = JSON.stringify(init.body)
    options.headers = { 'content-type': 'application/json' }
  }
  const answer = await bodyOf(path, options)
  const value = parsed(answer.text)
  if (!answer.ok) throw toError(value, answer.status)
  // An answer without a body says that it was done; half of one says nothing.
  if (value === undefined) throw new ApiError('unreadable', 'The answer of the server could not be read. Try again.')
  return value as T
}

/** The whole answer; a call that is stopped while its body still comes ends as one that is stopped before. */
async function bodyOf(path: string, options: RequestInit): Promise<{ ok: boolean; status: number; text: string }> {
  try {
    const response = await fetch(path, options)
    return { ok: response.ok, status: response.status, text: await response.text() }
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiError('unreachable', 'The server does not answer. See that "npm start" still runs, then try again.')
  }
}

/** Null of an empty text, undefined of one that is no JSON. */
function parsed(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toError(value: unknown, status: number): ApiError {
  const error = typeof value === 'object' && value !== null && 'error' in value ? (value.error as { code?: unknown; message?: unknown } | null) : null
  return new ApiError(String(error?.code ?? status), String(error?.message ?? `The server answered ${status}.`))
}
