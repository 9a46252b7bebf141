import { get, type Query } from './client'

export const actKinds = [
  'replay', 'hold', 'release', 'withdraw', 'amend', 'disclosure', 'port', 'match', 'resend', 'restore', 'sign_in',
  'sign_in_refused', 'user', 'export', 'note', 'assignment', 'correction', 'approval',
] as const
export type ActKind = (typeof actKinds)[number]

export interface Act {
  id: string
  at: string
  by: string
  kind: ActKind
  subject: string // the address beneath /v1 of what was acted on
  enterprise: string
  reason: string
  digest: string
}

export interface ActPage {
  acts: Act[]
  next: string | null
}

export interface ChainFindings {
  acts: number
  whole: boolean
  breaks: { id: string; at: string }[]
}

export const listActs = (query: Query, signal?: AbortSignal) => get<ActPage>('/v1/audit', query, signal)
export const verifyActs = (signal?: AbortSignal) => get<ChainFindings>('/v1/audit/verification', {}, signal)
