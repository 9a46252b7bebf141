// What the parts of the form share: the body that is typed into, and what is known of each place in it.
import { inject, provide, type InjectionKey } from 'vue'
import type { Fault } from '@/api/client'
import type { Code } from '@/api/codes'
import type { Body } from '@/body/body'

export interface Form {
  before: Body
  body: () => Body
  set: (path: string, text: string) => void
  setLines: (path: string, lines: Body[]) => void
  faultsAt: (path: string) => Fault[]
  faultsBelow: (path: string) => number
  codes: (table: string) => readonly Code[]
}

const key: InjectionKey<Form> = Symbol('amendment form')

export const provideForm = (form: Form) => provide(key, form)
export const useForm = (): Form => inject(key)!
export const idOf = (path: string) => `field${path.replaceAll('/', '-')}`
