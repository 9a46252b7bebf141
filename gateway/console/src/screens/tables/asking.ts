// A word of the address that is typed: the address follows once the typing rests, and the field follows the address.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

const restMilliseconds = 250

export function useTyped(name: string): Ref<string> {
  const route = useRoute()
  const router = useRouter()
  const inAddress = () => (typeof route.query[name] === 'string' ? route.query[name] : '')
  const typed = ref(inAddress())
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(inAddress, (now) => (typed.value = now))
  watch(typed, (now) => {
    clearTimeout(timer)
    if (now === inAddress()) return
    timer = setTimeout(() => {
      const query = { ...route.query, [name]: now }
      if (now === '') delete (query as Record<string, unknown>)[name]
      delete (query as Record<string, unknown>)['cursor'] // a place in another list
      void router.replace({ query })
    }, restMilliseconds)
  })
  onScopeDispose(() => clearTimeout(timer))
  return typed
}
