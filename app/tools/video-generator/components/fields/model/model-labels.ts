import { durationSteps, type ModelView, type Price } from '#lib/contract/model-view'
import { formatSpan, formatUsd } from '#components/ui/format.ts'

/** What is charged, without a length: `free`, `$0.10 a second`, `$0.40 a video`. */
export function rateLabel({ perRunUsd, perSecondUsd }: Price) {
  const parts = [
    perRunUsd && `${formatUsd(perRunUsd)} a video`,
    perSecondUsd && `${formatUsd(perSecondUsd)} a second`,
  ]
  return parts.filter(Boolean).join(' and ') || 'free'
}

type Supports = ModelView['supports']

/** "4, 6, 8 s", "2 to 10 s", "5 s". */
export function lengthLabel({ duration }: Supports) {
  const { min, max, step } = duration
  const steps = durationSteps(duration)
  if (steps.length > 4) return `${min} to ${max} s${step > 1 ? `, every ${step}` : ''}`
  return `${steps.join(', ')} s`
}

/** What it can start from, or null where from words only: "first and last frame, 3 references". */
export function inputLabel({ firstFrame, lastFrame, maxReferences, sourceVideo }: Supports) {
  if (sourceVideo === 'required') return 'makes over a video'
  const frames = [firstFrame && 'first', lastFrame && 'last'].filter(Boolean).join(' and ')
  const references = maxReferences > 1 ? `${maxReferences} references` : '1 reference'
  const parts = [frames && `${frames} frame`, maxReferences > 0 && references]
  return parts.filter(Boolean).join(', ') || null
}

/** "with sound", "always with sound", "silent". */
export function soundLabel({ audio, silence }: Supports) {
  if (!audio) return 'silent'
  return silence ? 'sound on or off' : 'always with sound'
}

/** "about 1 min 30 s, estimated"; null before the first video. */
export function speedLabel({ usualSeconds }: Pick<ModelView, 'usualSeconds'>) {
  if (usualSeconds === null) return null
  const span = usualSeconds < 120 ? `${Math.round(usualSeconds)} s` : formatSpan(usualSeconds)
  return `about ${span}, estimated`
}
