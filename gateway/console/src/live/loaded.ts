// What a screen shows of the gateway: read once, read anew when asked, when somebody signed in again and, with `live`,
// when documents changed: one read at a time and a rest between two, however much happens and however long one takes.
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
  restMilliseconds?: number // between two reads, however much happens
  everyMilliseconds?: number | (() => number | null) // read anew also where nothing is heard; null: no more
}

const usualRestMilliseconds = 1_000

export function useLoaded<T>(read: (signal: AbortSignal) => Promise<T>, live: Liveness = {}): Loaded<T> {
  const value = shallowRef<T | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const isLoading = ref(false)
  const readAt = shallowRef<Date | null>(null)
  const rest = live.restMilliseconds ?? usualRestMilliseconds
  let current: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let begunAt = 0
  let isOverdue = false // something happened that the read under way may have missed

  function plan(milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), milliseconds)
  }

  async function reload(): Promise<void> {
    current?.abort()
    const mine = (current = new AbortController())
    clearTimeout(timer)
    begunAt = Date.now()
    isOverdue = false
    isLoading.value = true
    try {
      const answer = await read(mine.signal)
      if (mine !== current) return
      value.value = answer
      problem.value = null
      readAt.value = new Date()
    } catch (error) {
      if (mine !== current) return
      if (!(error instanceof ApiProblem)) throw error
      problem.value = error
    } finally {
      if (mine === current) {
        current = null
        isLoading.value = false
        if (isOverdue) plan(restLeft())
        else if (regular() !== null) plan(regular()!)
      }
    }
  }

  function regular(): number | null {
    const every = live.everyMilliseconds
    return typeof every === 'function' ? every() : (every ?? null)
  }

  function restLeft(): number {
    return Math.max(0, begunAt + rest - Date.now())
  }

  function soon(): void {
    if (isOverdue) return
    isOverdue = true
    if (!isLoading.value) plan(restLeft())
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
