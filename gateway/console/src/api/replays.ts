import { get, post, segment, type Query } from './client'
import type { State } from './documents'
import type { BothLanguages } from './overview'

export const replayActions = ['replay', 'hold', 'release', 'withdraw'] as const
export type ReplayAction = (typeof replayActions)[number]
export const replayModes = ['same-bytes', 'sealed-again'] as const
export type ReplayMode = (typeof replayModes)[number]

export interface ReplayRow {
  id: string
  state: 'preview' | 'running' | 'done' | 'stopped'
  action: ReplayAction
  mode: ReplayMode | ''
  reason: string
  by: string
  filter: Record<string, string | string[]>
  pace: number
  created_at: string
  expires_at: string | null
  started_at: string | null
  finished_at: string | null
  stopped_by: string
  matched: number
  pending: number
  moved: number
  passed_over: number
}

export interface ReplayExample {
  id: string
  key: string
  state: State
  would?: State
  zh?: string
  en?: string
}

export interface Replay extends ReplayRow {
  limit: number
  would: Partial<Record<State, number>>
  not_allowed: (BothLanguages & { count: number })[]
  by_state: Partial<Record<State, number>>
  by_type: Record<string, number>
  by_enterprise: Record<string, number>
  examples: ReplayExample[]
  examples_not_allowed: ReplayExample[]
}

export interface ReplayOrder {
  filter: Query
  action: ReplayAction
  mode?: ReplayMode
  reason: string
  limit: number
  pace: number
}

/** An order that moves nothing yet; it is kept for an hour. */
export const previewReplay = (order: ReplayOrder) => post<Replay>('/v1/replays', { dry_run: true, ...order })
export const startReplay = (preview: string, pace: number) => post<Replay>('/v1/replays', { preview, pace })
export const stopReplay = (id: string) => post<Replay>(`/v1/replays/${segment(id)}/stop`)
export const readReplay = (id: string, signal?: AbortSignal) => get<Replay>(`/v1/replays/${segment(id)}`, {}, signal)
export const listReplays = (query: Query, signal?: AbortSignal) =>
  get<{ replays: ReplayRow[]; next: string | null }>('/v1/replays', query, signal)
