// An XML text as lines to fold and to colour. The text is only looked at: nothing of it becomes a part of the page.

export interface XmlLine {
  depth: number
  kind: 'open' | 'close' | 'whole' // whole: begins and ends on this line
  name: string
  attributes: [string, string][]
  text: string
  last: number // of an opening line: the index of the closing one
}

const longestText = 2_000_000 // characters

function textOf(element: Element): string {
  return [...element.childNodes].map((node) => node.nodeValue ?? '').join('').trim()
}

function write(element: Element, depth: number, lines: XmlLine[]): void {
  const attributes = [...element.attributes].map((one): [string, string] => [one.name, one.value])
  const line: XmlLine = { depth, kind: 'whole', name: element.tagName, attributes, text: '', last: lines.length }
  lines.push(line)
  if (element.children.length === 0) {
    line.text = textOf(element)
    return
  }
  line.kind = 'open'
  for (const child of element.children) write(child, depth + 1, lines)
  line.last = lines.length
  lines.push({ depth, kind: 'close', name: element.tagName, attributes: [], text: '', last: lines.length })
}

/** null: no well-formed XML, or too long to be taken apart in a browser; it is then shown as it is. */
export function xmlLines(xml: string): XmlLine[] | null {
  // A browser puts a page of its own, styled against the page's policy, in place of what is no XML at all.
  if (xml.length > longestText || !xml.trimStart().startsWith('<')) return null
  const read = new DOMParser().parseFromString(xml, 'application/xml')
  if (read.getElementsByTagName('parsererror').length > 0) return null
  const lines: XmlLine[] = []
  write(read.documentElement, 0, lines)
  return lines
}

/** Indices of the lines that are not inside a folded one. */
export function unfolded(lines: XmlLine[], folded: ReadonlySet<number>): number[] {
  const shown: number[] = []
  for (let index = 0; index < lines.length; ++index) {
    shown.push(index)
    if (folded.has(index)) index = lines[index]!.last
  }
  return shown
}

/** What is folded at first: signatures, whose contents nobody reads, and documents of a message with many lines. */
export function foldedAtFirst(lines: XmlLine[]): Set<number> {
  const many = 400
  const folded = new Set<number>()
  lines.forEach((line, index) => {
    const isLong = lines.length > many && line.depth === 1
    if (line.kind === 'open' && (line.name.endsWith(':Signature') || isLong)) folded.add(index)
  })
  return folded
}
