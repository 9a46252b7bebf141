import { get, segment } from './client'

export interface Code {
  code: string
  zh: string
  en: string
  other: string
}

export interface CodeTable {
  table: string
  zh: string
  en: string
  codes: Code[]
}

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
