import { get, getText, post, segment } from './client'
import type { Explanation, State, Summary } from './documents'
import type { Body } from '@/body/body'

export interface Move {
  at: string
  from: State
  to: State
  reason: string
  by: string
}

export interface Delivery {
  at: string
  outcome: 'begun' | 'confirmed' | 'unreachable' | 'unknown' | 'refused'
  answer: string
}

export interface Receipt {
  returnStatus: string
  returnTime: string
  returnInfo: string
  at: string
  effect: string
  type?: string // of a customs notice
}

export interface WholeDocument extends Summary {
  document: Body
  masked?: boolean
  timeline: Move[]
  deliveries: Delivery[]
  receipts: Receipt[]
  notices: Receipt[]
  explanation: Explanation | null
  versions: Summary[]
}

export type ActionName = 'replay' | 'hold' | 'release' | 'withdraw'
export type Mode = '' | 'same-bytes' | 'sealed-again'

export interface AllowedAction {
  action: ActionName
  mode: Mode
  to: State
}

export interface Offer {
  action: 'declare' | 'change' | 'delete' | 'cancel' | 'refund'
  type: string
  allowed: boolean
  zh: string
  en: string
  document?: { type: string; enterprise: string; document: Body }
  fill_in?: string[]
}

export interface StoryEvent {
  at: string
  document: string
  type: string
  kind: 'moved' | 'delivery' | 'receipt' | 'customs_notice' | 'erp_notice' | 'note' | 'disclosure'
  from: string | null
  to: string | null // a state; of a delivery its outcome, of a receipt its effect
  text: string
  by: string | null
  code: string | null
  explanation: Explanation | null
}

export interface Story {
  number: string
  documents: Summary[]
  events: StoryEvent[]
}

export interface Note {
  id: string
  at: string
  by: string
  text: string
}

export interface Assignment {
  to: string | null // a person; "erp": given back to it
  by: string
  reason: string
  at: string
}

export interface Disclosure {
  document: Body
  receipts: Receipt[]
  message: string | null // null: in no message
  envelope: string | null
  at: string
}

const place = (id: string, part = '') => `/v1/documents/${segment(id)}${part}`

export const readDocument = (id: string, signal?: AbortSignal) => get<WholeDocument>(place(id), {}, signal)
export const readVersion = (id: string, version: number, signal?: AbortSignal) =>
  get<WholeDocument>(place(id), { version }, signal)
export const listActions = async (id: string, signal?: AbortSignal) =>
  (await get<{ actions: AllowedAction[] }>(place(id, '/actions'), {}, signal)).actions
export const listOffers = async (id: string, signal?: AbortSignal) =>
  (await get<{ offers: Offer[] }>(place(id, '/offers'), {}, signal)).offers
export const readStory = (id: string, signal?: AbortSignal) => get<Story>(place(id, '/story'), {}, signal)
export const readMessage = (id: string, version: number, part: 'message' | 'envelope', signal?: AbortSignal) =>
  getText(place(id, '/message'), { version, part }, signal)

export const act = (id: string, action: ActionName, mode: Mode, reason: string) =>
  post<WholeDocument>(place(id, '/actions'), mode === '' ? { action, reason } : { action, mode, reason })
export const amend = (id: string, document: Body, reason: string) =>
  post<WholeDocument>(place(id, '/actions'), { action: 'amend', document, reason })
export const disclose = (id: string, version: number, reason: string) =>
  post<Disclosure>(place(id, '/disclosure'), { version, reason })
export const readAssignment = (id: string, signal?: AbortSignal) => get<Assignment>(place(id, '/assignment'), {}, signal)
export const assign = (id: string, to: string | null, reason: string) =>
  post<Assignment>(place(id, '/assignment'), { to, reason })
export const listNotes = async (id: string, signal?: AbortSignal) =>
  (await get<{ notes: Note[] }>(place(id, '/notes'), {}, signal)).notes
export const addNote = (id: string, text: string) => post<Note>(place(id, '/notes'), { text })
