import { post, type Fault } from './client'
import type { Body } from '@/body/body'

export interface Verdict {
  index: number
  type: string
  key: string
  valid: boolean
  faults: Fault[]
}

export const validate = (posted: { type: string; enterprise: string; document: Body }, signal: AbortSignal) =>
  post<Verdict[]>('/v1/validate', posted, { signal })
