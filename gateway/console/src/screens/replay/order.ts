// What is typed of an order for many documents, and what of it the gateway is asked.
import type { Query } from '@/api/client'
import type { ReplayAction, ReplayMode, ReplayOrder, ReplayRow } from '@/api/replays'
import { asked, type Filter } from '@/screens/documents/filter'

export interface TypedOrder {
  action: ReplayAction
  mode: ReplayMode
  limit: number
  pace: number
  reason: string
}

export const untouchedOrder: TypedOrder = { action: 'replay', mode: 'same-bytes', limit: 1000, pace: 50, reason: '' }
export const mostDocuments = 100_000
export const fastestPace = 10_000
export const longestReason = 500

export type Complaint = 'filter' | 'reasonShort' | 'reasonLong' | 'limit' | 'pace'

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}

/** Everything that is missing, before the gateway is asked. */
export function complaintsAbout(order: TypedOrder, filter: Query): Complaint[] {
  const found: Complaint[] = []
  const length = [...order.reason.trim()].length
  if (Object.keys(filter).length === 0) found.push('filter')
  if (!isWhole(order.limit, mostDocuments)) found.push('limit')
  if (!isWhole(order.pace, fastestPace)) found.push('pace')
  if (length === 0) found.push('reasonShort')
  if (length > longestReason) found.push('reasonLong')
  return found
}

/** The conditions of the filter without those that are not asked for: an order has no empty ones. */
export function conditions(filter: Filter): Query {
  return Object.fromEntries(Object.entries(asked(filter)).filter(([, value]) => value !== null && value !== ''))
}

export function orderOf(typed: TypedOrder, filter: Query): ReplayOrder {
  const { action, mode, limit, pace } = typed
  return { filter, action, ...(action === 'replay' ? { mode } : {}), limit, pace, reason: typed.reason.trim() }
}

/** How many of those that were to move have been looked at, and of how many. */
export function progressOf(order: Pick<ReplayRow, 'moved' | 'passed_over' | 'pending'>): { done: number; total: number } {
  const done = order.moved + order.passed_over
  return { done, total: done + order.pending }
}
