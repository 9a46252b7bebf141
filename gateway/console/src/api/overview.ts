import { get } from './client'
import type { State } from './documents'

export interface BothLanguages {
  zh: string
  en: string
}

export interface Alert {
  id: string
  kind: string
  subject: string
  text: BothLanguages
  began_at: string
  ended_at: string | null
}

export interface FlowMinute {
  minute: string
  accepted: number
  sent: number
  settled: number
  refused: number
}

export interface SettleMinute {
  minute: string
  p50: number | null
  p90: number | null
  count: number
}

export interface OldestWaiting {
  port: string
  id: string
  key: string
  state: State
  since: string
}

export interface CodeToday {
  code: string
  type: string
  count: number
  meaning: BothLanguages
  advice: BothLanguages
}

export interface Overview {
  at: string
  states: Record<State, number>
  today: { posted: number; sent: number; settled: number; refused: number }
  flow: FlowMinute[]
  settle_seconds: SettleMinute[]
  oldest_waiting: OldestWaiting[]
  waiting_for_person: { held: number; refused: number; unmatched: number; unreadable: number; unheard_notices: number }
  codes_today: CodeToday[]
  alerts: Alert[]
}

export const readOverview = (signal?: AbortSignal) => get<Overview>('/v1/overview', {}, signal)

export const listAlerts = (state: 'open' | 'ended', limit: number, signal?: AbortSignal) =>
  get<{ alerts: Alert[]; next: string | null }>('/v1/alerts', { state, limit }, signal)
