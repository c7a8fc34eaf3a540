import type { ModelView } from '#lib/contract/model-view'
import { formatSpan } from '../../../../../components/video/format-time.ts'

type Supports = ModelView['supports']

/** "4, 6, 8 s", "2 to 10 s", "5 s". */
export function lengthWords({ duration: { min, max, step } }: Supports) {
  const count = Math.floor((max - min) / step) + 1
  if (count > 4) return `${min} to ${max} s${step > 1 ? `, every ${step}` : ''}`
  return `${Array.from({ length: count }, (_, index) => min + index * step).join(', ')} s`
}

/** What it can start from, or null where from words only: "first and last frame, 3 references". */
export function inputWords({ firstFrame, lastFrame, maxReferences, sourceVideo }: Supports) {
  if (sourceVideo === 'required') return 'makes over a video'
  const frames = [firstFrame && 'first', lastFrame && 'last'].filter(Boolean).join(' and ')
  const references = maxReferences > 1 ? `${maxReferences} references` : '1 reference'
  const parts = [frames && `${frames} frame`, maxReferences > 0 && references]
  return parts.filter(Boolean).join(', ') || null
}

/** "with sound", "always with sound", "silent". */
export function soundWords({ audio, silence }: Supports) {
  if (!audio) return 'silent'
  return silence ? 'sound on or off' : 'always with sound'
}

/** "about 1 min 30 s, estimated"; null before anybody knows. */
export function speedWords({ usualSeconds }: Pick<ModelView, 'usualSeconds'>) {
  if (usualSeconds === null) return null
  const span = usualSeconds < 120 ? `${Math.round(usualSeconds)} s` : formatSpan(usualSeconds)
  return `about ${span}, estimated`
}
