import { ApiError } from '@/components/live/call-api'

/** Sends a file's bytes; `onProgress` gets how many are on their way. `fetch` cannot tell that, so the older request does it. */
export function uploadFile(file: File, onProgress: (sent: number) => void, signal: AbortSignal): Promise<{ id: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/uploads?name=${encodeURIComponent(file.name.slice(0, 255))}`)
    request.responseType = 'json'
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
    request.addEventListener('load', () => {
      const answer = request.response as { id?: string; error?: { code: string; message: string } } | null
      if (request.status < 300 && answer?.id) resolve({ id: answer.id })
      else reject(new ApiError(answer?.error?.code ?? String(request.status), answer?.error?.message ?? `The server answered ${request.status}.`))
    })
    request.addEventListener('error', () => reject(new ApiError('unreachable', 'The upload broke off. See that the server runs, then import the file again.')))
    request.addEventListener('abort', () => reject(new ApiError('aborted', 'The upload was stopped; nothing was imported.')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
