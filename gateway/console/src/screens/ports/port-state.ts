import type { Port } from '@/api/ports'

export type PortState = 'paused' | 'away' | 'kept' | 'well'

/** The one thing that keeps documents from a port, most telling first. */
export function stateOfPort(port: Pick<Port, 'paused' | 'reachable' | 'breaker'>): PortState {
  if (port.paused !== null) return 'paused'
  if (!port.reachable) return 'away'
  return port.breaker === 'closed' ? 'well' : 'kept'
}

const soonDays = 30
const urgentDays = 7

export function urgencyOf(daysLeft: number): 'ended' | 'urgent' | 'soon' | 'well' {
  if (daysLeft < 0) return 'ended'
  if (daysLeft <= urgentDays) return 'urgent'
  return daysLeft <= soonDays ? 'soon' : 'well'
}
