// Who is signed in. One session for the whole page; when it ends, the page stays as it is and asks to sign in again.
import { computed, ref, shallowRef } from 'vue'
import { ApiProblem, onSessionEnded, useCsrfToken } from '@/api/client'
import { closeSession, openSession, readSession, type Proof, type Role, type Session } from '@/api/session'
import { forgetDrafts } from './drafts'

export const session = shallowRef<Session | null>(null)
/** Somebody was signed in and is no more: the page waits under the sign-in. */
export const hasEnded = ref(false)
export const isKnown = ref(false) // whether it was asked at all
/** What the gateway said when there was no session: in particular that no account exists yet. */
export const absence = shallowRef<ApiProblem | null>(null)

const included: Record<Role, Role[]> = {
  viewer: ['viewer'],
  submitter: ['viewer', 'submitter'],
  operator: ['viewer', 'operator'],
  approver: ['viewer', 'operator', 'approver'],
  admin: ['viewer', 'submitter', 'operator', 'approver', 'admin'],
}

export function includes(has: Role, needed: Role): boolean {
  return included[has].includes(needed)
}

export function may(needed: Role): boolean {
  return session.value !== null && includes(session.value.role, needed)
}

/** Came by a one-time code, and would be locked out after this session. */
export const needsPassword = ref(false)

export const isSignedIn = computed(() => session.value !== null && !hasEnded.value)

function take(taken: Session): void {
  const isAnother = session.value !== null && session.value.name !== taken.name
  useCsrfToken(taken.csrf)
  if (isAnother) {
    forgetDrafts() // another person's page and words
    window.location.reload()
    return
  }
  if (session.value === null) needsPassword.value = taken.by === 'code'
  session.value = taken
  hasEnded.value = false
  absence.value = null
}

/** Asks the gateway who is signed in; an answer that nobody is ends a session that was. */
export async function confirmSession(): Promise<void> {
  try {
    take(await readSession())
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (error.status !== 401) throw error
    absence.value = error
    if (session.value !== null) hasEnded.value = true
  } finally {
    isKnown.value = true
  }
}

export async function signIn(proof: Proof): Promise<void> {
  take(await openSession(proof))
  isKnown.value = true
}

export async function signOut(): Promise<void> {
  try {
    await closeSession()
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error
  }
  forgetDrafts()
  session.value = null
  hasEnded.value = false
  useCsrfToken('')
}

onSessionEnded(() => {
  if (session.value !== null) hasEnded.value = true
})
