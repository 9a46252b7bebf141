// What was typed and not sent, kept in this tab under a name of the form: it survives a session that ends, a reload and
// a wrong key. Nothing of it leaves the tab; signing out removes it.
import { ref, watch, type Ref } from 'vue'

const prefix = 'cebgate.draft.'
const longest = 500_000 // characters of one draft; a longer one is not kept

export function useDraft<T>(name: string, initial: T): { draft: Ref<T>; clear: () => void } {
  const place = prefix + name
  const kept = sessionStorage.getItem(place)
  const untouched = JSON.stringify(initial)
  const draft = ref(JSON.parse(kept ?? untouched)) as Ref<T>
  watch(
    draft,
    (now) => {
      const text = JSON.stringify(now)
      if (text === untouched || text.length > longest) sessionStorage.removeItem(place)
      else sessionStorage.setItem(place, text)
    },
    { deep: true, flush: 'sync' },
  )
  const clear = () => {
    draft.value = JSON.parse(untouched) as T
    sessionStorage.removeItem(place)
  }
  return { draft, clear }
}

export function forgetDrafts(): void {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(prefix)) sessionStorage.removeItem(name)
  }
}
