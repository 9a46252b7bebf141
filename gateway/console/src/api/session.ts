import { get, post, remove, segment } from './client'

export type Role = 'viewer' | 'submitter' | 'operator' | 'approver' | 'admin'

export interface Session {
  name: string
  role: Role
  enterprises: string[]
  language: 'zh' | 'en' | null
  csrf: string
  signed_in_at: string
  expires_at: string
  idle_expires_at: string
  by: 'password' | 'token' | 'code'
  accounts: number
}

export type Proof = { name: string; password: string } | { token: string } | { code: string }

export interface OpenSession {
  id: string
  name: string
  signed_in_at: string
  last_seen_at: string
  expires_at: string
  address: string
  agent: string
  current: boolean
}

export const readSession = (signal?: AbortSignal) => get<Session>('/v1/session', {}, signal)
export const openSession = (proof: Proof) => post<Session>('/v1/session', proof)
export const closeSession = () => remove('/v1/session')
export const listSessions = (all: boolean, signal?: AbortSignal) =>
  get<{ sessions: OpenSession[] }>('/v1/sessions', all ? { all: true } : {}, signal)
export const endSession = (id: string) => remove(`/v1/sessions/${segment(id)}`)
export const endEverySession = () => remove('/v1/sessions')
export const changePassword = (change: { old?: string; new: string }) => post<void>('/v1/session/password', change)

export interface User {
  name: string
  role: Role
  enterprises: string[]
  disabled: boolean
  created_at: string
  last_signed_in_at: string | null
}

export const listUsers = (signal?: AbortSignal) => get<{ users: User[] }>('/v1/users', {}, signal)
