import { get, segment } from './client'

export interface Code {
  code: string
  zh: string
  en: string
  other: string // what else it is found by
}

interface AboutTable {
  table: string
  zh: string
  en: string
  as_of: string
  source: string
}

export type ListedTable = AboutTable & { codes: number }
export type CodeTable = AboutTable & { codes: Code[] }

const tables = new Map<string, Promise<CodeTable>>()

/** The whole table, read once: none has more than some thousand codes. */
export function readCodeTable(table: string): Promise<CodeTable> {
  let read = tables.get(table)
  if (read === undefined) {
    read = get<CodeTable>(`/v1/codes/${segment(table)}`)
    read.catch(() => tables.delete(table)) // and asked again the next time
    tables.set(table, read)
  }
  return read
}

export const listCodeTables = (signal?: AbortSignal) => get<{ tables: ListedTable[] }>('/v1/codes', {}, signal)
/** Of a table, the code itself or what has a word in its name. */
export const findCodes = (table: string, q: string, signal?: AbortSignal) =>
  get<CodeTable>(`/v1/codes/${segment(table)}`, { q }, signal)
