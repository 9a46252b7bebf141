import { describe, expect, it } from 'vitest'
import { foldedAtFirst, unfolded, xmlLines } from './xml-lines'

const xml = `<?xml version="1.0"?>
<ceb:M xmlns:ceb="urn:c" guid="G"><ceb:Order><ceb:name>a &lt;script&gt;</ceb:name><ceb:note></ceb:note></ceb:Order>
<ds:Signature xmlns:ds="urn:d"><ds:Value>x</ds:Value></ds:Signature></ceb:M>`

describe('the lines of an XML text', () => {
  const lines = xmlLines(xml)!

  it('are one for each beginning, each end and each leaf', () => {
    expect(lines.map((line) => `${line.depth} ${line.kind} ${line.name} ${line.text}`)).toEqual([
      '0 open ceb:M ',
      '1 open ceb:Order ',
      '2 whole ceb:name a <script>',
      '2 whole ceb:note ',
      '1 close ceb:Order ',
      '1 open ds:Signature ',
      '2 whole ds:Value x',
      '1 close ds:Signature ',
      '0 close ceb:M ',
    ])
    expect(lines[0]!.attributes).toEqual([['xmlns:ceb', 'urn:c'], ['guid', 'G']])
  })

  it('vanish inside a folded one, its end with them', () => {
    expect(unfolded(lines, new Set([1]))).toEqual([0, 1, 5, 6, 7, 8])
    expect(unfolded(lines, new Set([0]))).toEqual([0])
    expect(unfolded(lines, new Set())).toHaveLength(lines.length)
  })

  it('begin with the signature folded', () => {
    expect([...foldedAtFirst(lines)]).toEqual([5])
  })

  it('are none of what is no XML, or too long for a browser', () => {
    expect(xmlLines('no xml')).toBeNull()
    expect(xmlLines('<a>')).toBeNull()
    expect(xmlLines(`<a>${'x'.repeat(2_000_001)}</a>`)).toBeNull()
  })

  it('do not fetch or expand what a document type declares', () => {
    const declared = xmlLines('<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a>1</a>')
    expect(declared === null || declared[0]!.text === '1').toBe(true)
  })
})
