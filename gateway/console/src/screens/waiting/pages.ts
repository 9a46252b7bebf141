// Rows that are read page by page and stay on the screen: reading anew reads as many as were shown.
import { ref, type Ref } from 'vue'
import { useLoaded, type Liveness, type Loaded } from '@/live/loaded'

export const rowsOfAPage = 20
const mostRows = 200 // beyond that a list is no list to work through: filters are on the screen of the documents

export interface Page<T> {
  rows: T[]
  next: string | null
}

export interface GrowingList<T> {
  list: Loaded<Page<T>>
  canGrow: Ref<boolean>
  more: () => Promise<void>
}

export function useGrowingList<T>(
  read: (cursor: string, signal: AbortSignal) => Promise<Page<T>>,
  live: Liveness = {},
): GrowingList<T> {
  let pages = 1
  const canGrow = ref(true)
  const list = useLoaded<Page<T>>(async (signal) => {
    const rows: T[] = []
    let next: string | null = ''
    for (let page = 0; page < pages && next !== null; ++page) {
      const answer: Page<T> = await read(next, signal)
      rows.push(...answer.rows)
      next = answer.next
    }
    canGrow.value = next !== null && rows.length < mostRows
    return { rows, next }
  }, live)
  async function more(): Promise<void> {
    ++pages
    await list.reload()
  }
  return { list, canGrow, more }
}
