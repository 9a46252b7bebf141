import { get, type Query } from './client'
import type { Summary } from './documents'
import type { BothLanguages } from './overview'

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

export const listRefusals = (query: Query, signal?: AbortSignal) =>
  get<{ groups: RefusalGroup[]; more: boolean }>('/v1/refusals', query, signal)
