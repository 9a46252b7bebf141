// A list asks for the actions of each of its rows: a few at a time, so that other calls of the page are not kept waiting.
import { listActions, type AllowedAction } from '@/api/document'

const mostAtOnce = 3
let underWay = 0
const waiting: (() => void)[] = []

export async function allowedActions(id: string, signal?: AbortSignal): Promise<AllowedAction[]> {
  while (underWay >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  ++underWay
  try {
    signal?.throwIfAborted()
    return await listActions(id, signal)
  } finally {
    --underWay
    waiting.shift()?.()
  }
}
