// The body of a document as the API has it: leaves are texts, lists are arrays. An empty text and an absent member are
// two things to customs, so nothing here turns one into the other.

export type Value = string | Body | Value[]
export interface Body {
  [name: string]: Value
}

export function pointer(...names: (string | number)[]): string {
  return names.map((name) => '/' + String(name).replaceAll('~', '~0').replaceAll('/', '~1')).join('')
}

export function namesOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function member(value: Value | undefined, name: string): Value | undefined {
  if (typeof value !== 'object') return undefined
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined
  return Object.hasOwn(value, name) ? value[name] : undefined
}

export function valueAt(body: Body, path: string): Value | undefined {
  return namesOf(path).reduce<Value | undefined>(member, body)
}

export function textAt(body: Body, path: string): string | undefined {
  const value = valueAt(body, path)
  return typeof value === 'string' ? value : undefined
}

/** Sets a leaf in place; undefined takes it away. What is on the way there is made: a list where its name is a number. */
export function setText(body: Body, path: string, text: string | undefined): void {
  const names = namesOf(path)
  const last = names.pop()!
  let at: Body | Value[] = body
  names.forEach((name, index) => {
    let next = member(at, name)
    if (typeof next !== 'object') {
      next = /^\d+$/.test(names[index + 1] ?? last) ? [] : {}
      ;(at as Body)[name] = next
    }
    at = next
  })
  if (text === undefined) delete (at as Body)[last]
  else (at as Body)[last] = text
}

/** Every leaf with its pointer, in the order of the body. */
export function leavesOf(value: Value, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner as Value, path + pointer(name)))
}

export function copyOf<T extends Value>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
