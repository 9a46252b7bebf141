// Gives every document of a filter to somebody, one call each, as a script would: there is a document that may have moved
// meanwhile, and one fault does not keep the others.
import { ApiProblem, type Fault, type Query } from '@/api/client'
import type { DocumentPage } from '@/api/documents'

export interface Passed {
  done: number
  failed: { id: string; faults: Fault[] }[]
}

export interface Ways {
  list: (query: Query) => Promise<DocumentPage>
  assign: (id: string) => Promise<unknown>
  passed: (so: Passed) => void
  isStopped: () => boolean
}

const documentsOfAPage = 200
const refusals = [404, 409] // of one document; anything else concerns all of them

async function assignOne(id: string, ways: Ways, so: Passed): Promise<void> {
  try {
    await ways.assign(id)
  } catch (error) {
    if (!(error instanceof ApiProblem) || !refusals.includes(error.status)) throw error
    so.failed.push({ id, faults: error.faults })
  }
  so.done += 1
  ways.passed({ ...so })
}

export async function assignAll(query: Query, ways: Ways): Promise<Passed> {
  const so: Passed = { done: 0, failed: [] }
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: DocumentPage = await ways.list({ ...query, limit: documentsOfAPage, cursor })
    for (const { id } of page.documents) {
      if (ways.isStopped()) return so
      await assignOne(id, ways, so)
    }
    cursor = page.next
  }
  return so
}
