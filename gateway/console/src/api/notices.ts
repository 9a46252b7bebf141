import { get, post } from './client'
import type { Change } from '@/live/live'

export interface Notice {
  number: number
  client: string
  enterprise: string
  state: 'waiting' | 'heard' | 'unheard'
  tries: number
  answer: string
  created_at: string
  due: string | null
  ended_at: string | null
  change: Change
}

export const listUnheard = (limit: number, cursor: string, signal?: AbortSignal) =>
  get<{ notices: Notice[]; next: string | null }>('/v1/notices', { state: 'unheard', limit, cursor }, signal)
export const tellAgain = (number: number) => post<{ resent: number }>(`/v1/notices/${number}/resend`)
export const tellAllAgain = (client: string) => post<{ resent: number }>('/v1/notices/resend', { client })
