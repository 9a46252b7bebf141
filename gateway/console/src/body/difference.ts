// What differs between two bodies, field by field. Lines of a list are paired before they are compared, so that one line
// more at the top does not make all the others look changed.
import { pointer, type Body, type Value } from './body'

export interface Difference {
  path: string // in the body that has it: the new one, or the old one for what is gone
  before: string | null // null: not there
  after: string | null
}

const longestList = 500 // lines of a list that are paired; beyond that line is compared with line

const isList = (value: Value | undefined): value is Value[] => Array.isArray(value)

function leaves(path: string, value: Value, side: 'before' | 'after'): Difference[] {
  if (typeof value === 'string') {
    return [{ path, before: side === 'before' ? value : null, after: side === 'after' ? value : null }]
  }
  return Object.entries(value).flatMap(([name, inner]) => leaves(path + pointer(name), inner as Value, side))
}

/** The longest run of equal lines: pairs of indices. */
function equalLines(before: string[], after: string[]): [number, number][] {
  const width = after.length + 1
  const lengths = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; --i) {
    for (let j = after.length - 1; j >= 0; --j) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i] === after[j]) pairs.push([i++, j++])
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) ++i
    else ++j
  }
  return pairs
}

function between(path: string, before: Value[], after: Value[], from: [number, number], to: [number, number]): Difference[] {
  const found: Difference[] = []
  const both = Math.min(to[0] - from[0], to[1] - from[1])
  for (let k = 0; k < both; ++k) {
    found.push(...compare(path + pointer(from[1] + k), before[from[0] + k]!, after[from[1] + k]!))
  }
  for (let i = from[0] + both; i < to[0]; ++i) found.push(...leaves(path + pointer(i), before[i]!, 'before'))
  for (let j = from[1] + both; j < to[1]; ++j) found.push(...leaves(path + pointer(j), after[j]!, 'after'))
  return found
}

function compareLists(path: string, before: Value[], after: Value[]): Difference[] {
  const canBePaired = before.length <= longestList && after.length <= longestList
  const text = (line: Value) => JSON.stringify(line)
  const pairs = canBePaired ? equalLines(before.map(text), after.map(text)) : []
  const found: Difference[] = []
  let from: [number, number] = [0, 0]
  for (const pair of [...pairs, [before.length, after.length] as [number, number]]) {
    found.push(...between(path, before, after, from, pair))
    from = [pair[0] + 1, pair[1] + 1]
  }
  return found
}

function compare(path: string, before: Value, after: Value): Difference[] {
  if (typeof before === 'string' && typeof after === 'string') return before === after ? [] : [{ path, before, after }]
  if (isList(before) && isList(after)) return compareLists(path, before, after)
  if (typeof before === 'string' || typeof after === 'string' || isList(before) || isList(after)) {
    return [...leaves(path, before, 'before'), ...leaves(path, after, 'after')]
  }
  return compareMembers(path, before, after)
}

function compareMembers(path: string, before: Body, after: Body): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const here = path + pointer(name)
    const [old, now] = [before[name], after[name]]
    if (old === undefined) return leaves(here, now!, 'after')
    return now === undefined ? leaves(here, old, 'before') : compare(here, old, now)
  })
}

export function differences(before: Body, after: Body): Difference[] {
  return compareMembers('', before, after)
}
