import { language } from '@/words'

const isChinese = (text: string) => /[\u3400-\u9fff]/.test(text)

/** The gateway keeps what it says itself as "中文 | English" in one text; what others said stays as it is. */
export function reasonInLanguage(reason: string): string {
  const at = reason.indexOf(' | ')
  if (at < 0) return reason
  const [first, second] = [reason.slice(0, at), reason.slice(at + 3)]
  if (!isChinese(first) || isChinese(second)) return reason
  return language.value === 'zh' ? first : second
}
