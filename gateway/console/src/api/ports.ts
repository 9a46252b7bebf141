import { get, post, segment } from './client'
import type { BothLanguages } from './overview'

export interface Port {
  name: string
  profile: string
  url: string
  reachable: boolean
  detail: string
  breaker: 'closed' | 'open' | 'half_open'
  limit: number
  most_at_once: number
  under_way: number
  failures: number
  waiting: number
  oldest_waiting: string | null
  paused: { by: string; reason: string; at: string } | null
  batch_limit: number
  linger_ms: number
  windows: { source: string; dxp_id: string; from: string; to: string }[]
  last_errors: { at: string; outcome: string; answer: string }[]
}

export type PortOrder =
  { action: 'pause' | 'resume'; reason: string } | { action: 'set_concurrency'; most_at_once: number; reason: string }

export interface Key {
  enterprise: string
  name: string
  uri: string
  state: 'signs' | 'rests' | 'out'
  detail: BothLanguages
  from: string | null
  signatures: number
  failures: number
  latency_ms: number | null
  certificate: {
    subject: string
    issuer: string
    serial: string
    from: string
    until: string
    days_left: number
  } | null
}

export const listPorts = (signal?: AbortSignal) => get<{ ports: Port[] }>('/v1/ports', {}, signal)
export const orderPort = (name: string, order: PortOrder) => post<Port>(`/v1/ports/${segment(name)}/actions`, order)
export const listKeys = (signal?: AbortSignal) => get<{ keys: Key[] }>('/v1/keys', {}, signal)
