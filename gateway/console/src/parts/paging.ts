// Pages by cursor know only their next one: the way back is the cursors that were gone over, kept with the entry of the
// browser's history, so that they survive a reload and its own back button.
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export interface Paging {
  cursor: ComputedRef<string>
  page: ComputedRef<number | null> // null: come here by a kept address
  hasPrevious: ComputedRef<boolean>
  next: (cursor: string) => void
  previous: () => void
  first: () => void
}

export function usePaging(): Paging {
  const route = useRoute()
  const router = useRouter()

  const cursor = computed(() => (typeof route.query['cursor'] === 'string' ? route.query['cursor'] : ''))
  const trail = computed<string[]>(() => {
    if (cursor.value === '') return []
    const kept: unknown = window.history.state?.trail
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  })
  const page = computed(() => {
    if (cursor.value === '') return 1
    return trail.value.length > 0 ? trail.value.length + 1 : null
  })

  function go(to: string, along: string[]): void {
    const query = { ...route.query, cursor: to }
    if (to === '') delete (query as Record<string, unknown>)['cursor']
    void router.push({ query, state: { trail: along } })
  }

  return {
    cursor,
    page,
    hasPrevious: computed(() => trail.value.length > 0),
    next: (to) => go(to, [...trail.value, cursor.value]),
    previous: () => go(trail.value.at(-1) ?? '', trail.value.slice(0, -1)),
    first: () => go('', []),
  }
}
