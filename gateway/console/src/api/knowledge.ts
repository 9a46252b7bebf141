import { get, put, segment, type Query } from './client'
import type { BothLanguages } from './overview'

export interface CodeTable {
  table: string
  zh: string
  en: string
  as_of: string
  source: string
  codes: number
}

export interface Code {
  code: string
  zh: string
  en: string
  other: string // what else it is found by
}

export type CodeTableWithCodes = Omit<CodeTable, 'codes'> & { codes: Code[] }

export interface KnownExplanation {
  code: string
  type: string
  kind: string
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

export const listCodeTables = (signal?: AbortSignal) => get<{ tables: CodeTable[] }>('/v1/codes', {}, signal)
export const readCodeTable = (table: string, q: string, signal?: AbortSignal) =>
  get<CodeTableWithCodes>(`/v1/codes/${segment(table)}`, { q }, signal)
export const listUnexplained = (signal?: AbortSignal) =>
  get<{ codes: UnexplainedCode[] }>('/v1/codes/unexplained', {}, signal)
export const listExplanations = (query: Query, signal?: AbortSignal) =>
  get<{ explanations: KnownExplanation[]; next: string | null }>('/v1/explanations', query, signal)
export const listCodeNotes = (signal?: AbortSignal) => get<{ notes: CodeNote[] }>('/v1/code-notes', {}, signal)
/** An empty text takes the note away. */
export const writeCodeNote = (code: string, text: string) => put<void>(`/v1/code-notes/${segment(code)}`, { text })
