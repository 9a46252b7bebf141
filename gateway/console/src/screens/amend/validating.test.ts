import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useValidating, type Posted, type Validating } from './validating'

const fetched = vi.fn<typeof fetch>()
vi.stubGlobal('fetch', fetched)
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  fetched.mockReset()
  vi.useRealTimers()
})

const posted = (note: string): Posted => ({ type: 'CEB311Message', enterprise: 'E', document: { H: { note } } })
const verdict = (code: string) =>
  new Response(JSON.stringify([{ index: 0, type: '', key: '', valid: false, faults: [{ path: '', code, severity: 'error', zh: '', en: '' }] }]))
const bodies = () => fetched.mock.calls.map(([, init]) => (JSON.parse(String(init!.body)) as Posted).document)

function running(first: Posted | null): { typing: { value: Posted | null }; of: Validating; end: () => void } {
  const typing = ref(first)
  const scope = effectScope()
  const of = scope.run(() => useValidating(() => typing.value))!
  return { typing, of, end: () => scope.stop() }
}

describe('the verdict on what is being typed', () => {
  it('is asked for once the keys rest, and not for every key', async () => {
    fetched.mockImplementation(async () => verdict('x'))
    const { typing, of, end } = running(posted('a'))
    for (const note of ['ab', 'abc']) {
      await vi.advanceTimersByTimeAsync(100)
      typing.value = posted(note)
      await nextTick()
    }
    expect(of.isChecking.value).toBe(true)
    await vi.advanceTimersByTimeAsync(500)
    expect(bodies()).toEqual([{ H: { note: 'abc' } }])
    expect(of.faults.value.map((one) => one.code)).toEqual(['x'])
    expect(of.isChecking.value).toBe(false)
    end()
  })

  it('is asked for again by itself where there was none for a reason that passes', async () => {
    fetched.mockRejectedValueOnce(new TypeError('network'))
    fetched.mockImplementation(async () => verdict('x'))
    const { of, end } = running(posted('a'))
    await vi.advanceTimersByTimeAsync(500)
    expect(of.problem.value?.status).toBe(0)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(of.problem.value).toBeNull()
    expect(of.faults.value.map((one) => one.code)).toEqual(['x'])
    end()
  })

  it('is the last one, also where an earlier answer comes later', async () => {
    const answers: ((response: Response) => void)[] = []
    fetched.mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
    const { typing, of, end } = running(posted('a'))
    await vi.advanceTimersByTimeAsync(500)
    typing.value = posted('b')
    await nextTick()
    await vi.advanceTimersByTimeAsync(500)
    answers[1]!(verdict('second'))
    await vi.advanceTimersByTimeAsync(0)
    answers[0]!(verdict('first'))
    await vi.advanceTimersByTimeAsync(0)
    expect(of.faults.value.map((one) => one.code)).toEqual(['second'])
    end()
  })

  it('keeps the faults it has while the gateway does not answer, and says so', async () => {
    fetched.mockResolvedValueOnce(verdict('x')).mockRejectedValueOnce(new TypeError('network'))
    const { typing, of, end } = running(posted('a'))
    await vi.advanceTimersByTimeAsync(500)
    typing.value = posted('b')
    await nextTick()
    await vi.advanceTimersByTimeAsync(500)
    expect(of.faults.value).toHaveLength(1)
    expect(of.problem.value?.status).toBe(0)
    end()
  })

  it('is not asked for any more once the form is left', async () => {
    const { end } = running(posted('a'))
    end()
    await vi.advanceTimersByTimeAsync(500)
    expect(fetched).not.toHaveBeenCalled()
  })
})
