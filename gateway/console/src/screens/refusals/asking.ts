// Which refused documents are looked at, and how they are grouped: kept in the address.
import type { LocationQuery } from 'vue-router'
import type { Query } from '@/api/client'
import { momentOf } from '@/parts/times'

export const refusalFilterNames = ['enterprise', 'port', 'since', 'until'] as const
export type RefusalFilter = Record<(typeof refusalFilterNames)[number], string> & { by: 'code' | 'goods' }

export function refusalFilterOf(query: LocationQuery): RefusalFilter {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const texts = Object.fromEntries(refusalFilterNames.map((name) => [name, text(name)]))
  return { ...texts, by: query['by'] === 'goods' ? 'goods' : 'code' } as RefusalFilter
}

export function askedOfRefusals(filter: RefusalFilter): Query {
  return { ...filter, since: momentOf(filter.since), until: momentOf(filter.until) }
}

export function addressOf(filter: RefusalFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}
