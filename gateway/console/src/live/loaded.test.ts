import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { ApiProblem } from '@/api/client'
import type { Change } from './live'

const heard: ((changes: Change[]) => void)[] = []
vi.mock('./live', () => ({ useChanges: (listener: (changes: Change[]) => void) => heard.push(listener) }))
const { useLoaded } = await import('./loaded')

let scope: EffectScope
const change = { id: 'D1' } as Change
const happens = (changes: Change[]) => heard.forEach((listener) => listener(changes))

beforeEach(() => {
  vi.useFakeTimers()
  heard.length = 0
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('what a screen loaded', () => {
  it('is read anew once after many changes, and not before its rest', async () => {
    const read = vi.fn(async () => 'answer')
    scope.run(() => useLoaded(read, { concerns: () => true }))
    await vi.advanceTimersByTimeAsync(0)
    for (let i = 0; i < 50; ++i) happens([change])
    await vi.advanceTimersByTimeAsync(999)
    expect(read).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('is not cut short by changes that come faster than it is read', async () => {
    const signals: AbortSignal[] = []
    const read = (signal: AbortSignal) => {
      signals.push(signal)
      return new Promise<string>((resolve) => setTimeout(() => resolve('answer'), 5_000))
    }
    const loaded = scope.run(() => useLoaded(read, { concerns: () => true }))!
    for (let i = 0; i < 49; ++i) {
      happens([change])
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(signals).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(loaded.value.value).toBe('answer')
    expect(signals).toHaveLength(2)
    expect(signals[0]!.aborted).toBe(false)
  })

  it('is left alone by changes that do not concern it, and read anew when the stream stands again', async () => {
    const read = vi.fn(async () => 'answer')
    scope.run(() => useLoaded(read, { concerns: (one) => one.id === 'D2' }))
    await vi.advanceTimersByTimeAsync(2_000)
    happens([change])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(read).toHaveBeenCalledTimes(1)
    happens([])
    await vi.advanceTimersByTimeAsync(0)
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('stays as it was read last where a later read fails, and says what is wrong', async () => {
    let fails = false
    const read = async () => {
      if (fails) throw new ApiProblem(503, 'busy', [])
      return 'answer'
    }
    const loaded = scope.run(() => useLoaded(read))!
    await vi.advanceTimersByTimeAsync(0)
    fails = true
    await loaded.reload()
    expect(loaded.value.value).toBe('answer')
    expect(loaded.problem.value?.status).toBe(503)
  })

  it('ends with its screen', async () => {
    const read = vi.fn(async () => 'answer')
    scope.run(() => useLoaded(read, { everyMilliseconds: 1_000 }))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(read).toHaveBeenCalledTimes(3)
    scope.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(read).toHaveBeenCalledTimes(3)
  })
})
