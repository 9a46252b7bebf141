import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem, address, get, onSessionEnded, post, segment, useCsrfToken } from './client'

const fetched = vi.fn<typeof fetch>()
vi.stubGlobal('fetch', fetched)
afterEach(() => fetched.mockReset())

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  fetched.mockResolvedValueOnce(new Response(body === null ? null : JSON.stringify(body), { status, headers }))

describe('the way to the API', () => {
  it('sends the CSRF token with a change and not with a look', async () => {
    useCsrfToken('t-1')
    answer(200, {})
    await get('/v1/documents')
    answer(201, {})
    await post('/v1/replays', { a: 1 })
    const [look, change] = fetched.mock.calls.map(([, init]) => init!.headers as Record<string, string>)
    expect(look!['X-CSRF-Token']).toBeUndefined()
    expect(change!['X-CSRF-Token']).toBe('t-1')
  })

  it('gives every fault of a problem, and when to come again', async () => {
    const fault = { path: '/a', code: 'http.busy', severity: 'error', zh: '忙', en: 'busy' }
    answer(503, { title: 'busy', faults: [fault] }, { 'Retry-After': '7' })
    const problem = await get('/v1/x').catch((error: unknown) => error as ApiProblem)
    expect(problem).toMatchObject({ status: 503, faults: [fault], retryAfterSeconds: 7 })
  })

  it('says in words that nothing answered, and does not send a change again', async () => {
    fetched.mockRejectedValueOnce(new TypeError('network'))
    const problem = await post<ApiProblem>('/v1/x').catch((error: unknown) => error as ApiProblem)
    expect(problem.status).toBe(0)
    expect(problem.faults[0]!.zh).not.toBe('')
    expect(fetched).toHaveBeenCalledTimes(1)
  })

  it('takes the answer of what stands between for what it is', async () => {
    fetched.mockResolvedValueOnce(new Response('<html>bad gateway', { status: 502 }))
    const problem = await get('/v1/x').catch((error: unknown) => error as ApiProblem)
    expect(problem).toMatchObject({ status: 502, faults: [], message: 'HTTP 502' })
  })

  it('tells that the session has ended, but not where somebody signs in', async () => {
    const ended = vi.fn()
    const stop = onSessionEnded(ended)
    answer(401, { title: 'no' })
    await post('/v1/session', {}).catch(() => undefined)
    expect(ended).not.toHaveBeenCalled()
    answer(401, { title: 'no' })
    await get('/v1/documents').catch(() => undefined)
    expect(ended).toHaveBeenCalledTimes(1)
    stop()
  })

  it('puts hostile text into an address as text', () => {
    expect(address('/v1/documents', { q: 'a&b=<script> +1', state: '', port: null })).toBe(
      '/v1/documents?q=a%26b%3D%3Cscript%3E%20%2B1',
    )
    expect(segment('../a/b?c')).toBe('..%2Fa%2Fb%3Fc')
  })
})
