// The events of a sale as a reader goes through them: oldest first, by day, what happened at one moment in the order in
// which one thing leads to the other.
import type { StoryEvent } from '@/api/document'
import type { Summary } from '@/api/documents'
import { dayOf } from '@/parts/times'

const order: StoryEvent['kind'][] = [
  'note', 'disclosure', 'delivery', 'receipt', 'customs_notice', 'moved', 'erp_notice',
]

export interface StoryDay {
  day: string
  events: StoryEvent[]
}

export function inOrder(events: readonly StoryEvent[]): StoryEvent[] {
  const rank = (event: StoryEvent) => [Date.parse(event.at), order.indexOf(event.kind)] as const
  return events
    .map((event, index) => ({ event, index, rank: rank(event) }))
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.index - b.index)
    .map((one) => one.event)
}

export function byDay(events: readonly StoryEvent[]): StoryDay[] {
  const days: StoryDay[] = []
  for (const event of inOrder(events)) {
    const day = dayOf(new Date(event.at))
    if (days.at(-1)?.day !== day) days.push({ day, events: [] })
    days.at(-1)!.events.push(event)
  }
  return days
}

/** The documents of the sale by type: order, payment, waybill, inventory; of one type, in the order in which they came. */
export function saleInOrder(documents: readonly Summary[]): Summary[] {
  return [...documents].sort((a, b) => a.type.localeCompare(b.type) || Date.parse(a.created_at) - Date.parse(b.created_at))
}

/** A document may come and go between states that nobody has to read of; these are what a story is about. */
export function isMilestone(event: StoryEvent): boolean {
  if (event.kind === 'moved') return event.from !== event.to || event.text !== ''
  return event.kind !== 'erp_notice'
}
