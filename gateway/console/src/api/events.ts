// Server-sent events as text (WHATWG HTML §9.2.6): what has come so far, and the events that are whole.

export interface ServerEvent {
  event: string
  data: string
}

export class EventReader {
  lastId = ''
  private rest = ''
  private event = ''
  private data: string[] = []

  /** A part of the stream, split anywhere; the events that it completes. */
  take(part: string): ServerEvent[] {
    this.rest += part
    const lines = this.rest.split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.line(line))
  }

  private line(line: string): ServerEvent[] {
    if (line === '') return this.dispatch()
    if (line.startsWith(':')) return []
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') this.event = value
    if (name === 'data') this.data.push(value)
    if (name === 'id' && !value.includes('\0')) this.lastId = value
    return []
  }

  private dispatch(): ServerEvent[] {
    const whole = this.data.length > 0 ? [{ event: this.event || 'message', data: this.data.join('\n') }] : []
    this.event = ''
    this.data = []
    return whole
  }
}
