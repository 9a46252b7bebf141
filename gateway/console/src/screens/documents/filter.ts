// What the address of the page asks for, and what it asks the gateway for. A page can be kept, sent to a colleague and
// gone back to.
import type { LocationQuery } from 'vue-router'
import { outcomes, states, type State } from '@/api/documents'
import type { Query } from '@/api/client'
import { momentOf } from '@/parts/times'

export const filterNames = [
  'q',
  'type',
  'state',
  'enterprise',
  'port',
  'outcome',
  'code',
  'since',
  'until',
  'assigned_to',
] as const
export type FilterName = (typeof filterNames)[number]
export type Filter = Record<FilterName, string>

function first(value: LocationQuery[string] | undefined): string {
  const one = Array.isArray(value) ? value[0] : value
  return one ?? ''
}

export function filterOf(query: LocationQuery): Filter {
  const filter = Object.fromEntries(filterNames.map((name) => [name, first(query[name])])) as Filter
  filter.state = statesOf(filter).join(',')
  if (!(outcomes as readonly string[]).includes(filter.outcome)) filter.outcome = ''
  return filter
}

export function statesOf(filter: Filter): State[] {
  const wanted = filter.state.split(',')
  return states.filter((state) => wanted.includes(state))
}

/** Only what was asked for, so that addresses stay short. */
export function queryOf(filter: Filter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value.trim() !== ''))
}

export function asked(filter: Filter): Query {
  return { ...queryOf(filter), since: momentOf(filter.since), until: momentOf(filter.until) }
}

export function isEmpty(filter: Filter): boolean {
  return Object.keys(queryOf(filter)).length === 0
}
