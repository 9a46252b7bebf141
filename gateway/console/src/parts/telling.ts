// A line at the top of the page that goes by itself: for what needs no answer.
import { ElMessage } from 'element-plus'
import type { ApiProblem } from '@/api/client'
import { inLanguage, t } from '@/words'

export function tellDone(text: string): void {
  ElMessage({ message: text, type: 'success', plain: true })
}

export function tellProblem(problem: ApiProblem): void {
  const said = problem.faults.map(inLanguage).join(' ') || problem.message
  const text = problem.status === 409 ? `${t('parts.stateChanged')} ${said}` : said
  ElMessage({ message: text, type: 'error', duration: 8000, showClose: true })
}
