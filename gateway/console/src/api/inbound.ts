import { get, post, segment } from './client'

export type LeftOver = 'unmatched' | 'unreadable'

export interface InboundRecord {
  digest: string
  state: string
  reason: string
  port: string
  source: string
  dxp_id: string
  received_at: string
  text: string
}

export const listLeftOver = (state: LeftOver, limit: number, cursor: string, signal?: AbortSignal) =>
  get<{ records: InboundRecord[]; next: string | null }>('/v1/inbound', { state, limit, cursor }, signal)
export const matchRecord = (digest: string, reason: string) =>
  post<InboundRecord>(`/v1/inbound/${segment(digest)}/match`, { reason })
export const matchAll = (state: LeftOver, reason: string) =>
  post<{ to_be_matched: number }>('/v1/inbound/match', { state, reason })
