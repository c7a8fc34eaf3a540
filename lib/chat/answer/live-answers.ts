import { processWide } from '../../process-wide.ts'
import type { LiveAnswer } from './live-answer.ts'

/** The answers that are being written in this process, by chat. */
export function liveAnswers() {
  return processWide('live answers', () => new Map<string, LiveAnswer>())
}
