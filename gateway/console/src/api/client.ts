// The typed way to /v1. A change is sent once and never again by itself: what is not known to have failed is not repeated.

export interface Fault {
  path: string
  code: string
  severity: 'error' | 'warning'
  zh: string
  en: string
}

export class ApiProblem extends Error {
  constructor(
    readonly status: number, // 0: no answer at all
    title: string,
    readonly faults: Fault[],
    readonly retryAfterSeconds: number | null = null,
    readonly body: Record<string, unknown> = {},
  ) {
    super(title)
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>

export interface Call {
  query?: Query
  body?: unknown
  signal?: AbortSignal
  headers?: Record<string, string>
}

let csrfToken = ''
const endedListeners = new Set<() => void>()

export function useCsrfToken(token: string): void {
  csrfToken = token
}

/** Called whenever the gateway says that nobody is signed in any more. */
export function onSessionEnded(listener: () => void): () => void {
  endedListeners.add(listener)
  return () => endedListeners.delete(listener)
}

export function address(path: string, query: Query = {}): string {
  // By hand: URLSearchParams writes a space as "+", which the gateway reads as the plus of a time zone.
  const text = Object.entries(query)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${segment(name)}=${segment(String(value))}`)
    .join('&')
  return text === '' ? path : `${path}?${text}`
}

function unreachable(): ApiProblem {
  return new ApiProblem(0, 'unreachable', [
    {
      path: '',
      code: 'unreachable',
      severity: 'error',
      zh: '网关没有应答；请检查网络，或稍后再试。',
      en: 'The gateway does not answer; look at the network, or try again in a while.',
    },
  ])
}

function seconds(text: string | null): number | null {
  if (text === null) return null
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 ? value : null
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text().catch(() => '')
  let body: Record<string, unknown> = {}
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null) body = read as Record<string, unknown>
  } catch {
    // an answer of something between us and the gateway: its status says what there is to say
  }
  const title = typeof body['title'] === 'string' ? body['title'] : `HTTP ${response.status}`
  const faults = Array.isArray(body['faults']) ? (body['faults'] as Fault[]) : []
  return new ApiProblem(response.status, title, faults, seconds(response.headers.get('Retry-After')), body)
}

async function send(method: string, path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...call.headers }
  if (method !== 'GET') headers['X-CSRF-Token'] = csrfToken
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (call.signal) init.signal = call.signal
  if (call.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(call.body)
  }
  let response: Response
  try {
    response = await fetch(address(path, call.query), init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
  if (response.ok) return response
  const problem = await problemOf(response)
  if (problem.status === 401 && path !== '/v1/session') endedListeners.forEach((listener) => listener())
  throw problem
}

async function read<T>(response: Response): Promise<T> {
  return (response.status === 204 ? undefined : await response.json()) as T
}

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return read<T>(await send('GET', path, signal ? { query, signal } : { query }))
}

export async function getText(path: string, query: Query = {}, signal?: AbortSignal): Promise<string> {
  return (await send('GET', path, signal ? { query, signal } : { query })).text()
}

export async function post<T>(path: string, body?: unknown, call: Call = {}): Promise<T> {
  return read<T>(await send('POST', path, { ...call, body }))
}

export async function put<T>(path: string, body: unknown): Promise<T> {
  return read<T>(await send('PUT', path, { body }))
}

export async function remove(path: string): Promise<void> {
  await send('DELETE', path, {})
}

export function segment(text: string): string {
  return encodeURIComponent(text)
}
