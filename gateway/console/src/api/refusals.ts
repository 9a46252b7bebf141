import { get } from './client'
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

export const listRefusals = async (by: 'code' | 'goods', signal?: AbortSignal) =>
  (await get<{ groups: RefusalGroup[] }>('/v1/refusals', { by }, signal)).groups
