import { get, type Query } from './client'

export const states = [
  'accepted',
  'sealed',
  'deferred',
  'unconfirmed',
  'sent',
  'settled',
  'refused',
  'held',
  'withdrawn',
] as const
export type State = (typeof states)[number]

export const outcomes = [
  'lodged',
  'released',
  'closed',
  'rejected',
  'returned',
  'detained',
  'cancelled',
  'refunded',
] as const
export type Outcome = (typeof outcomes)[number]

export interface Summary {
  id: string
  type: string
  key: string
  number: string
  enterprise: string
  port: string
  version: number
  state: State
  stage: string
  outcome: Outcome | ''
  reason: string
  created_at: string
}

export interface Explanation {
  code: string
  severity: 'error' | 'warning'
  zh: string
  en: string
  side: string
  class: string
  advice_zh: string
  advice_en: string
  parts: Record<string, string>
}

export interface DocumentPage {
  documents: Summary[]
  next: string | null
}

export const listDocuments = (filter: Query, signal?: AbortSignal) => get<DocumentPage>('/v1/documents', filter, signal)
export const countDocuments = (filter: Query, signal?: AbortSignal) =>
  get<{ count: number; more: boolean }>('/v1/documents/count', filter, signal)
