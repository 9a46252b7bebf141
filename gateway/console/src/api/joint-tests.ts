import { get, segment } from './client'
import type { BothLanguages } from './overview'

export interface JointPlan {
  name: string
  title: BothLanguages
}

export interface JointRun {
  id: string
  plan: string
  at: string
  passed: number
  failed: number
  skipped: number
}

export const jointFiles = ['report', 'evidence', 'junit'] as const
export type JointFile = (typeof jointFiles)[number]

export const listJointTests = (signal?: AbortSignal) =>
  get<{ plans: JointPlan[]; runs: JointRun[] }>('/v1/joint-tests', {}, signal)
export const jointFile = (run: string, file: JointFile) => `/v1/joint-tests/${segment(run)}/${file}`
