// What an amendment begins with, and how its faults find their fields.
import type { Fault } from '@/api/client'
import { copyOf, leavesOf, setText, textAt, type Body } from '@/body/body'

/** Kept while it is worked on, so that it outlives a reload and a session that ends. */
export interface Amendment {
  version: number // of the document that is amended
  offer: string
  fillIn: string[]
  before: Body // as it was, in clear
  body: Body // as it shall be
}

/** What the gateway offers, with what is masked there as the person was shown it in clear. */
export function unmasked(offered: Body, clear: Body): Body {
  const body = copyOf(offered)
  for (const [path, text] of leavesOf(offered)) {
    if (text.includes('***')) setText(body, path, textAt(clear, path))
  }
  return body
}

/** A field that is emptied is gone, unless it was there and empty before. */
export function typed(before: Body, path: string, text: string): string | undefined {
  return text === '' && textAt(before, path) !== '' ? undefined : text
}

const posted = '/document'

/** The faults by the place of the form that shows them: their own, else what it is in; "" is above the form. */
export function placeFaults(faults: readonly Fault[], places: ReadonlySet<string>): Map<string, Fault[]> {
  const placed = new Map<string, Fault[]>()
  for (const fault of faults) {
    let place = fault.path.startsWith(posted) ? fault.path.slice(posted.length) : ''
    while (place !== '' && !places.has(place)) place = place.slice(0, place.lastIndexOf('/'))
    placed.set(place, [...(placed.get(place) ?? []), fault])
  }
  return placed
}
