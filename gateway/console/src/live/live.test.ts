import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'

const confirmed = vi.fn(async () => undefined)
vi.mock('@/session/session', () => ({ confirmSession: confirmed }))
const { cutOffSince, forgetPlace, isConnected, startLive, stopLive, useChanges } = await import('./live')

class Stream {
  private controller!: ReadableStreamDefaultController<Uint8Array>
  private readonly body = new ReadableStream<Uint8Array>({ start: (controller) => void (this.controller = controller) })
  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.controller.error(new DOMException('cut', 'AbortError')))
  }
  response = () => new Response(this.body, { status: 200 })
  say = (text: string) => this.controller.enqueue(new TextEncoder().encode(text))
  end = () => this.controller.close()
}

const asked: string[] = []
const streams: Stream[] = []
let refuse: (() => Response) | null = null
vi.stubGlobal('fetch', async (target: string, init: RequestInit) => {
  asked.push(target)
  if (refuse) return refuse()
  streams.push(new Stream(init.signal!))
  return streams.at(-1)!.response()
})
const change = (id: number) => `id: ${id}\nevent: change\ndata: {"id":"D${id}"}\n\n`

let scope: EffectScope
let heard: string[][]
beforeEach(() => {
  vi.useFakeTimers()
  asked.length = streams.length = 0
  refuse = null
  heard = []
  forgetPlace()
  scope = effectScope()
  scope.run(() => useChanges((changes) => heard.push(changes.map((one) => one.id))))
})
afterEach(() => {
  stopLive()
  scope.stop()
  vi.useRealTimers()
})
const passes = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

describe('the stream of changes', () => {
  it('begins with what is newest and goes on where it was cut off, also if nothing had changed', async () => {
    startLive()
    await passes(0)
    streams[0]!.say('retry: 2000\nid: 41\n\n')
    await passes(0)
    streams[0]!.end()
    await passes(2_000)
    expect(asked).toEqual(['/v1/events?after=newest', '/v1/events?after=41'])
    streams[1]!.say(change(42))
    await passes(0)
    expect(heard).toEqual([[], [], ['D42']])
  })

  it('says since when it is cut off until it stands again', async () => {
    startLive()
    await passes(0)
    expect(isConnected.value).toBe(true)
    refuse = () => new Response('', { status: 503 })
    streams[0]!.end()
    await passes(0)
    const since = cutOffSince.value
    expect(since).not.toBeNull()
    await passes(10_000)
    expect(cutOffSince.value).toBe(since)
    refuse = null
    await passes(60_000)
    expect(cutOffSince.value).toBeNull()
  })

  it('takes a line that is silent beyond the heartbeats for dead', async () => {
    startLive()
    await passes(30_000)
    streams[0]!.say(': heartbeat\n\n')
    await passes(30_000)
    expect(isConnected.value).toBe(true)
    await passes(10_001)
    expect(isConnected.value).toBe(false)
  })

  it('knocks at growing intervals, and not before the gateway wishes', async () => {
    refuse = () => new Response('', { status: 503, headers: { 'Retry-After': '50' } })
    startLive()
    await passes(49_000)
    expect(asked).toHaveLength(1)
    refuse = () => new Response('', { status: 502 })
    await passes(600_000)
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.length).toBeLessThan(40)
  })

  it('asks who is signed in when it is refused as nobody', async () => {
    refuse = () => new Response('', { status: 401 })
    startLive()
    await passes(0)
    expect(confirmed).toHaveBeenCalledTimes(1)
    stopLive()
    await passes(120_000)
    expect(asked).toHaveLength(1)
  })
})
