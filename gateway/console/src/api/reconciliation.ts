import { address, get } from './client'

export const fates = ['lodged', 'released', 'refused', 'silent', 'withdrawn'] as const
export type Fate = (typeof fates)[number]
export type FateCounts = Record<Fate | 'posted', number>

export interface ReconciledRow extends FateCounts {
  enterprise: string
  port: string
  type: string
}

export interface Reconciliation {
  day: string
  rows: ReconciledRow[]
  total: FateCounts
}

export type DayQuery = { day: string; enterprise: string; port: string }

export const readReconciliation = (query: DayQuery, signal?: AbortSignal) =>
  get<Reconciliation>('/v1/reconciliation', query, signal)
export const reconciliationFile = (query: DayQuery) => address('/v1/reconciliation', { ...query, format: 'csv' })
