import { describe, expect, it } from 'vitest'
import { EventReader } from './events'

describe('a stream of events', () => {
  it('gives an event once it is whole, wherever the parts are split', () => {
    const text = 'retry: 2000\n\nid: 7\n\nid: 8\nevent: change\ndata: {"a":1}\n\n: heartbeat\n\n'
    const reader = new EventReader()
    const events = [...text].flatMap((character) => reader.take(character))
    expect(events).toEqual([{ event: 'change', data: '{"a":1}' }])
    expect(reader.lastId).toBe('8')
  })

  it('knows where the feed stands from an id without an event', () => {
    const reader = new EventReader()
    expect(reader.take('id: 41\n\n')).toEqual([])
    expect(reader.lastId).toBe('41')
  })

  it('joins the lines of data and takes every kind of line end', () => {
    const reader = new EventReader()
    expect(reader.take('data: one\r\ndata:two\r\n\r\n')).toEqual([{ event: 'message', data: 'one\ntwo' }])
  })
})
