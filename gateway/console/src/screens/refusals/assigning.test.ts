import { describe, expect, it } from 'vitest'
import { assignAll, type Passed, type Ways } from './assigning'
import { ApiProblem } from '@/api/client'
import type { DocumentPage } from '@/api/documents'

const pages: Record<string, { documents: { id: string }[]; next: string | null }> = {
  '': { documents: [{ id: 'a' }, { id: 'b' }], next: 'more' },
  more: { documents: [{ id: 'c' }], next: null },
}

function ways(more: Partial<Ways> = {}): Ways & { given: string[]; told: Passed[] } {
  const given: string[] = []
  const told: Passed[] = []
  return {
    given,
    told,
    list: async (query) => pages[String(query['cursor'])] as unknown as DocumentPage,
    assign: async (id) => given.push(id),
    passed: (so) => told.push(so),
    isStopped: () => false,
    ...more,
  }
}

describe('documents that are given to somebody', () => {
  it('are all of the filter, page after page', async () => {
    const all = ways()
    expect(await assignAll({ code: '1313' }, all)).toEqual({ done: 3, failed: [] })
    expect(all.given).toEqual(['a', 'b', 'c'])
    expect(all.told.map((so) => so.done)).toEqual([1, 2, 3])
  })

  it('are gone on with where one of them is not to be had', async () => {
    const fault = { path: '', code: 'api.gone', severity: 'error' as const, zh: '没有了', en: 'gone' }
    const so = await assignAll({}, ways({
      assign: async (id) => {
        if (id === 'b') throw new ApiProblem(404, 'gone', [fault])
      },
    }))
    expect(so).toEqual({ done: 3, failed: [{ id: 'b', faults: [fault] }] })
  })

  it('are left where all would fail', async () => {
    const failing = ways({ assign: async () => Promise.reject(new ApiProblem(422, 'no such person', [])) })
    await expect(assignAll({}, failing)).rejects.toBeInstanceOf(ApiProblem)
    expect(failing.told).toEqual([])
  })

  it('are left where somebody stops it', async () => {
    const stopped = ways({ isStopped: () => stopped.given.length === 2 })
    expect(await assignAll({}, stopped)).toMatchObject({ done: 2 })
    expect(stopped.given).toEqual(['a', 'b'])
  })
})
