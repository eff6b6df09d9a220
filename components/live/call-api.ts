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
  let response: Response
  try {
    response = await fetch(path, options)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError('unreachable', 'The server does not answer. See that "npm start" still runs, then try again.')
  }
  const value: unknown = await response.json().catch(() => null)
  if (response.ok) return value as T
  throw toError(value, response.status)
}

function toError(value: unknown, status: number): ApiError {
  const error = typeof value === 'object' && value !== null && 'error' in value ? (value.error as { code?: unknown; message?: unknown } | null) : null
  return new ApiError(String(error?.code ?? status), String(error?.message ?? `The server answered ${status}.`))
}
