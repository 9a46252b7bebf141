// The one stream of changes of this page. It reads /v1/events by fetch and not by EventSource, because heartbeats are
// comments: only who sees them can tell a quiet gateway from a connection that died without a word.
import { onScopeDispose, ref, shallowRef } from 'vue'
import { EventReader } from '@/api/events'
import { ApiProblem, address, problemOf } from '@/api/client'
import { confirmSession } from '@/session/session'

export interface Change {
  cursor: string
  at: string
  id: string
  key: string
  type: string
  version: number
  from: string
  to: string
  stage: string
  outcome: string
  reason: string
}

const silentMilliseconds = 40_000 // the gateway sends a heartbeat every 15 s
const shortestPause = 1_000
const longestPause = 30_000
const hiddenMilliseconds = 60_000 // a browser has six connections for all its tabs: one that nobody sees gives its own back

/** null: connected. Else since when what is shown may be old. */
export const cutOffSince = shallowRef<Date | null>(null)
export const isConnected = ref(false)

type Listener = (changes: Change[]) => void
const listeners = new Set<Listener>()
let running: AbortController | null = null
let lastId = ''

function tell(changes: Change[]): void {
  for (const listener of [...listeners]) listener(changes)
}

function connected(): void {
  isConnected.value = true
  cutOffSince.value = null
  tell([]) // what was read before the stream stood may have been overtaken
}

function disconnected(): void {
  isConnected.value = false
  cutOffSince.value ??= new Date()
}

async function open(signal: AbortSignal): Promise<Response> {
  const query = { after: lastId === '' ? 'newest' : lastId }
  const response = await fetch(address('/v1/events', query), {
    headers: { Accept: 'text/event-stream' },
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  })
  if (!response.ok) throw await problemOf(response)
  return response
}

/** Reads until the stream ends, breaks or falls silent. */
async function follow(stop: AbortSignal): Promise<void> {
  const silence = new AbortController()
  const cut = () => silence.abort()
  stop.addEventListener('abort', cut)
  let watch = setTimeout(cut, silentMilliseconds)
  try {
    const response = await open(silence.signal)
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    const events = new EventReader()
    events.lastId = lastId
    connected()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(watch)
      watch = setTimeout(cut, silentMilliseconds)
      const changes = events.take(part.value).filter((event) => event.event === 'change')
      lastId = events.lastId
      if (changes.length > 0) tell(changes.map((event) => JSON.parse(event.data) as Change))
    }
  } finally {
    clearTimeout(watch)
    stop.removeEventListener('abort', cut)
  }
}

function rest(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    stop.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

async function keepFollowing(stop: AbortSignal): Promise<void> {
  let pause = shortestPause
  while (!stop.aborted) {
    let wished = 0
    try {
      await follow(stop)
    } catch (error) {
      if (error instanceof ApiProblem) {
        wished = (error.retryAfterSeconds ?? 0) * 1000
        if (error.status === 401) await confirmSession().catch(() => undefined) // one that has ended stops the stream
      }
    }
    if (stop.aborted) return
    pause = isConnected.value ? shortestPause : Math.min(pause * 2, longestPause)
    disconnected()
    await rest(Math.max(wished, pause * (0.75 + Math.random() / 2)), stop)
  }
}

export function startLive(): void {
  if (running !== null) return
  running = new AbortController()
  void keepFollowing(running.signal)
}

export function stopLive(): void {
  running?.abort()
  running = null
  isConnected.value = false
}

/** Another person's feed begins where it stands now. */
export function forgetPlace(): void {
  lastId = ''
  cutOffSince.value = null
}

let hiddenTimer: ReturnType<typeof setTimeout> | undefined
export function watchVisibility(isWanted: () => boolean): void {
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer)
    if (document.visibilityState === 'hidden') hiddenTimer = setTimeout(stopLive, hiddenMilliseconds)
    else if (isWanted()) startLive()
  })
}

/** Calls with the changes as they come, and with none whenever the stream stands anew. Ends with the component. */
export function useChanges(listener: Listener): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}
