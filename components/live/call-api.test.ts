import { describe, expect, it } from 'vitest'
import { answering } from '@/tools/answering'
import { ApiError, callApi } from './call-api'

describe('a call of the server', () => {
  const failure = (call: Promise<unknown>): Promise<unknown> => call.then((value) => ({ value }), (error: unknown) => error)

  it('answers what was sent, and null where nothing was', async () => {
    const url = await answering((request, response) => response.writeHead(request.method === 'DELETE' ? 204 : 200).end(request.method === 'DELETE' ? undefined : '{"a":[1]}'))
    expect(await callApi(url)).toEqual({ a: [1] })
    expect(await callApi(url, { method: 'DELETE' })).toBe(null)
  })

  it('ends as stopped when it is stopped while the body comes, never with half an answer', async () => {
    const stop = new AbortController()
    const url = await answering((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('[1,')
      setTimeout(() => stop.abort(), 50)
    })
    expect(await failure(callApi(url, { signal: stop.signal }))).toMatchObject({ name: 'AbortError' })
  })

  it('fails where the connection breaks in the body, before it, and where it is no JSON', async () => {
    const cut = await answering((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('[1,', () => response.destroy())
    })
    expect(await failure(callApi(cut))).toMatchObject({ name: 'ApiError', code: 'unreachable' })
    const text = await answering((_, response) => response.end('<html>'))
    expect(await failure(callApi(text))).toMatchObject({ name: 'ApiError', code: 'unreadable' })
    expect(await failure(callApi('http://127.0.0.1:1/'))).toMatchObject({ name: 'ApiError', code: 'unreachable' })
  })

  it('says the words of a refusal, or the status where there are none', async () => {
    const url = await answering((request, response) => response.writeHead(409).end(request.method === 'PUT' ? '{"error":{"code":"taken","message":"It is taken."}}' : 'no'))
    expect(await failure(callApi(url, { method: 'PUT', body: {} }))).toEqual(new ApiError('taken', 'It is taken.'))
    expect(await failure(callApi(url))).toMatchObject({ code: '409', message: 'The server answered 409.' })
  })
})
