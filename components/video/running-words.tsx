'use client'

import type { FileView } from '#lib/contract/file-view'
import { formatTimecode } from './format-time.ts'
import { messageWords } from './message-words.ts'
import { progressEstimate } from './progress-estimate.ts'
import { statusWords } from './status-words.ts'
import { useNow } from './use-now.ts'

/** A video under way in one line: where it is, how far by whose word, and for how long; below it, what is being done. */
export function RunningWords({ view }: { view: FileView }) {
  const { percent, source, elapsedSeconds } = progressEstimate(view, useNow())
  const progress = percent === null ? null : `${Math.floor(percent)} % ${source}`
  const time = formatTimecode(Math.floor(elapsedSeconds))
  const message = messageWords(view)
  return (
    <>
      {[statusWords(view), progress, time].filter(Boolean).join(', ')}
      {message && <span className="mt-1 block font-sans text-pretty">{message}</span>}
    </>
  )
}
