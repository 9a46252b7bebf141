// /console/#code=…: signs in once, and takes the code out of the address and the history before anything is asked.
import { ref } from 'vue'
import { ApiProblem } from '@/api/client'
import { signIn } from './session'

export const codeProblem = ref<ApiProblem | null>(null)

export function takeCode(): string | null {
  const match = /^#code=([^&]+)$/.exec(window.location.hash)
  if (match === null) return null
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  return decodeURIComponent(match[1]!)
}

// Taken when the page is read, before the router looks at the address.
const code = takeCode()
let isSpent = false

/** Whether the address bore a code that signed in. */
export async function signInByAddress(): Promise<boolean> {
  if (code === null || isSpent) return false
  try {
    await signIn({ code })
    isSpent = true
    return true
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status === 0) throw error
    isSpent = true
    codeProblem.value = error
    return false
  }
}
