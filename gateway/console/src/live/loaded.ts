// What a screen shows of the gateway: read once, read anew when asked, when somebody signed in again and, with `live`,
// when documents changed; at most one read under way and a rest between two, however much happens.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { ApiProblem } from '@/api/client'
import { useChanges, type Change } from './live'
import { session } from '@/session/session'

export interface Loaded<T> {
  value: ShallowRef<T | null>
  problem: ShallowRef<ApiProblem | null>
  isLoading: Ref<boolean>
  readAt: ShallowRef<Date | null>
  reload: () => Promise<void>
}

export interface Liveness {
  concerns?: (change: Change) => boolean // absent: no change does
  everyMilliseconds?: number // read anew also where nothing is heard
}

const restMilliseconds = 1_000

export function useLoaded<T>(read: (signal: AbortSignal) => Promise<T>, live: Liveness = {}): Loaded<T> {
  const value = shallowRef<T | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const isLoading = ref(false)
  const readAt = shallowRef<Date | null>(null)
  let current: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function reload(): Promise<void> {
    current?.abort()
    const mine = (current = new AbortController())
    clearTimeout(timer)
    timer = undefined
    isLoading.value = true
    try {
      const answer = await read(mine.signal)
      if (mine !== current) return
      value.value = answer
      problem.value = null
      readAt.value = new Date()
    } catch (error) {
      if (mine !== current) return
      if (error instanceof ApiProblem) problem.value = error
      else throw error
    } finally {
      if (mine === current) {
        isLoading.value = false
        plan(live.everyMilliseconds)
      }
    }
  }

  function plan(milliseconds: number | undefined): void {
    if (milliseconds === undefined) return
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), milliseconds)
  }

  let lastSoon = 0
  function soon(): void {
    const wait = Math.max(0, lastSoon + restMilliseconds - Date.now())
    lastSoon = Date.now() + wait
    plan(wait)
  }

  const concerns = live.concerns
  if (concerns) useChanges((changes) => (changes.length === 0 || changes.some(concerns)) && soon())
  watch(session, (now) => now !== null && soon())
  onScopeDispose(() => {
    current?.abort()
    current = null
    clearTimeout(timer)
  })
  void reload()
  return { value, problem, isLoading, readAt, reload }
}
