import { get, post, remove, segment, type Query } from './client'

export interface Export {
  id: string
  state: 'running' | 'done' | 'failed' | 'stopped'
  done: number
  total: number
  format?: 'csv' | 'xlsx'
  personal?: 'masked' | 'clear'
  by?: string
  at?: string
  reason?: string
}

export interface ExportOrder {
  filter: Query
  format: 'csv' | 'xlsx'
  columns: string[]
  personal: 'masked' | 'clear'
  reason?: string
}

export const exportColumns = [
  'id',
  'type',
  'key',
  'number',
  'enterprise',
  'port',
  'version',
  'state',
  'stage',
  'outcome',
  'reason',
  'created_at',
  'orderNo',
  'logisticsNo',
  'payTransactionId',
  'copNo',
  'preNo',
  'invtNo',
  'code',
  'buyerName',
  'buyerIdNumber',
  'consigneeTelephone',
  'consigneeAddress',
] as const

export const beginExport = (order: ExportOrder) => post<Export>('/v1/exports', order)
export const listExports = (signal?: AbortSignal) => get<{ exports: Export[] }>('/v1/exports', {}, signal)
export const removeExport = (id: string) => remove(`/v1/exports/${segment(id)}`)
export const exportFile = (id: string) => `/v1/exports/${segment(id)}/file`
