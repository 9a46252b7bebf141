import { get, segment, type Fault } from './client'

export interface Step {
  name: string
  verdict: 'good' | 'bad' | 'not_checked'
  zh: string
  en: string
}

export interface Certificate {
  serial: string
  subject: string
  issuer: string
  not_before: string
  not_after: string
  key: string
}

export interface Verification {
  valid: boolean
  dialect: string
  certificate: Certificate | null
  steps: Step[]
  causes: { name: string; zh: string; en: string }[]
  faults: Fault[]
}

/** Of the bytes that the gateway keeps: those that a session sees are masked, and would not verify. */
export const verifyKept = (id: string, version: number, signal?: AbortSignal) =>
  get<Verification>(`/v1/documents/${segment(id)}/verification`, { version }, signal)
