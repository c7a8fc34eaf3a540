import type { FileView } from '#lib/contract/file-view'
import { formatSpan } from './format-time.ts'

/** "usually 41 s, 9 in 10 within 70 s, estimated from 12 runs". Null before the first run. */
export function expectedWords(expected: FileView['expected']) {
  if (!expected) return null
  const { seconds, p90Seconds } = expected
  const most = p90Seconds === null ? '' : `, 9 in 10 within ${formatSpan(p90Seconds)}`
  return `usually ${formatSpan(seconds)}${most}, ${estimatedWords(expected)}`
}

/** "estimated from 12 runs"; "estimated" where it is the catalogue’s word. */
export function estimatedWords(expected: FileView['expected']) {
  if (!expected?.runs) return 'estimated'
  return `estimated from ${expected.runs} ${expected.runs === 1 ? 'run' : 'runs'}`
}
