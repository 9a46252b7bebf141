import { get, put, segment, type Query } from './client'
import type { BothLanguages } from './overview'

export interface KnownExplanation {
  code: string
  type: string[] | null // null: of every type
  kind: 'status' | 'customs_code' | 'exchange_code' | 'message' | 'fault'
  meaning: BothLanguages
  advice: BothLanguages
  whose: string
}

export interface UnexplainedCode {
  type: string
  code: string
  times: number
  first_seen: string
  last_seen: string
  example: string
}

export interface CodeNote {
  code: string
  text: string
  by: string
  at: string
}

export const listUnexplained = (signal?: AbortSignal) =>
  get<{ codes: UnexplainedCode[] }>('/v1/codes/unexplained', {}, signal)
export const listExplanations = (query: Query, signal?: AbortSignal) =>
  get<{ explanations: KnownExplanation[]; next: string | null }>('/v1/explanations', query, signal)
export const listCodeNotes = (signal?: AbortSignal) => get<{ notes: CodeNote[] }>('/v1/code-notes', {}, signal)
/** An empty text takes the note away. */
export const writeCodeNote = (code: string, text: string) => put<void>(`/v1/code-notes/${segment(code)}`, { text })
