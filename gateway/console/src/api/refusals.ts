import { get, post, segment, type Fault, type Query } from './client'
import type { Summary } from './documents'
import type { BothLanguages } from './overview'
import type { Body } from '@/body/body'

export interface RefusalGroup {
  group: string
  code: string
  type: string
  class: string
  goods: { itemNo: string; itemName: string; gcode: string } | null
  count: number
  explanation: BothLanguages
  advice: BothLanguages
  examples: Summary[]
  assigned: Record<string, number>
}

export interface Change {
  path: string // JSON Pointer into the document, * for every line of a list
  value: string | null // null: taken out
}

export interface CorrectionOrder {
  group: string
  change: Change[]
  reason: string
}

export interface CorrectedExample {
  id: string
  before: Body
  after: Body
  faults: Fault[]
}

export interface CorrectionPreview {
  id: string
  count: number
  refused: number
  examples: CorrectedExample[]
}

export interface Correction {
  id: string
  state: 'preview' | 'running' | 'done' | 'stopped'
  done: number
  total: number
  failed: { id: string; faults: Fault[] }[]
}

export const listRefusals = (query: Query, signal?: AbortSignal) =>
  get<{ groups: RefusalGroup[]; more: boolean }>('/v1/refusals', query, signal)
export const previewCorrection = (order: CorrectionOrder) =>
  post<CorrectionPreview>('/v1/corrections', { ...order, dry_run: true })
export const startCorrection = (order: CorrectionOrder, preview: string) =>
  post<Correction>('/v1/corrections', { ...order, preview })
export const readCorrection = (id: string, signal?: AbortSignal) =>
  get<Correction>(`/v1/corrections/${segment(id)}`, {}, signal)
export const stopCorrection = (id: string) => post<Correction>(`/v1/corrections/${segment(id)}/stop`)
