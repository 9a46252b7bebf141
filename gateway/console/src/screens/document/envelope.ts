/** An envelope as text to read: XML as it is, JSON with a line for each member. */
export function envelopeText(envelope: string | null): string | null {
  if (envelope === null || !envelope.trimStart().startsWith('{')) return envelope
  try {
    return JSON.stringify(JSON.parse(envelope), null, 2)
  } catch {
    return envelope // whatever it is, it is what went over the wire
  }
}
