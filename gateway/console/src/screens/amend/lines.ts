// The lines of a list in a form: one more, one copied, one less. Lines that are numbered from 1 stay so.
import { copyOf, type Body } from '@/body/body'

const number = 'gnum'

function areNumbered(lines: readonly Body[]): boolean {
  return lines.every((line, index) => line[number] === String(index + 1))
}

function numbered(lines: Body[]): Body[] {
  return lines.map((line, index) => ({ ...line, [number]: String(index + 1) }))
}

function changed(lines: readonly Body[], now: Body[], hasNumber: boolean): Body[] {
  return hasNumber && areNumbered(lines) ? numbered(now) : now
}

export function withNew(lines: readonly Body[], hasNumber: boolean): Body[] {
  return changed(lines, [...lines, {}], hasNumber)
}

export function withCopy(lines: readonly Body[], index: number, hasNumber: boolean): Body[] {
  return changed(lines, [...lines.slice(0, index + 1), copyOf(lines[index]!), ...lines.slice(index + 1)], hasNumber)
}

export function without(lines: readonly Body[], index: number, hasNumber: boolean): Body[] {
  return changed(lines, [...lines.slice(0, index), ...lines.slice(index + 1)], hasNumber)
}
