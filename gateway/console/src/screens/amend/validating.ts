// The verdict of POST /v1/validate on what is being typed. One question at a time: what was asked before is given up, so
// that the last answer is the one that is shown.
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { ApiProblem, type Fault } from '@/api/client'
import { validate } from '@/api/validation'
import type { Body } from '@/body/body'

export interface Posted {
  type: string
  enterprise: string
  document: Body
}

export interface Validating {
  faults: ShallowRef<Fault[]>
  problem: ShallowRef<ApiProblem | null>
  isChecking: Ref<boolean>
}

const quietMilliseconds = 400 // after the last key
const againMilliseconds = 3_000 // after a question that got no verdict for a reason that passes

/** No answer, nobody signed in just now, too much to do: the same question may well be answered later. */
function passes(problem: ApiProblem): boolean {
  return [0, 401, 429].includes(problem.status) || problem.status >= 500
}

export function useValidating(posted: () => Posted | null): Validating {
  const faults = shallowRef<Fault[]>([])
  const problem = shallowRef<ApiProblem | null>(null)
  const isChecking = ref(false)
  let current: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function check(asked: Posted): Promise<void> {
    const mine = (current = new AbortController())
    try {
      const [verdict] = await validate(asked, mine.signal)
      if (mine !== current) return
      faults.value = verdict?.faults ?? []
      problem.value = null
    } catch (error) {
      if (mine !== current) return
      if (!(error instanceof ApiProblem)) throw error
      problem.value = error
      if (passes(error)) timer = setTimeout(() => void check(asked), againMilliseconds)
    } finally {
      if (mine === current) isChecking.value = false
    }
  }

  function stop(): void {
    clearTimeout(timer)
    current?.abort()
    current = null
  }

  watch(
    posted,
    (now) => {
      stop()
      isChecking.value = now !== null
      if (now !== null) timer = setTimeout(() => void check(now), quietMilliseconds)
    },
    { immediate: true, deep: true },
  )
  onScopeDispose(stop)
  return { faults, problem, isChecking }
}
