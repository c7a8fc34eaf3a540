import type { ModelView } from '#lib/contract/model-view'
import type { Wish } from './wish.ts'

type LengthWish = Pick<Wish, 'seconds' | 'next' | 'inputs'>

/**
 * The length a model can make that comes nearest to the wished one, in seconds, the longer of two, for a film can be
 * trimmed; or its next one up or down. Undefined where there is none, or only less than half of what was wished.
 */
export function lengthFor(
  { supports, defaults }: Pick<ModelView, 'supports' | 'defaults'>,
  { seconds = defaults.duration, next, inputs }: LengthWish,
): number | undefined {
  const { referenceSeconds } = supports
  const isBound = inputs.references.length > 0 && referenceSeconds !== null
  const lengths = isBound ? [referenceSeconds] : lengthsOf(supports.duration)
  if (next?.length === 'longer') return lengths.find((one) => one > next.than)
  if (next) return lengths.findLast((one) => one < next.than)
  const distance = (one: number) => Math.abs(one - seconds)
  const [nearest] = lengths.toSorted((a, b) => distance(a) - distance(b) || b - a)
  return nearest !== undefined && nearest * 2 >= seconds ? nearest : undefined
}

/** The wished length in words: "anything near 45 seconds". */
export function lengthWords({ seconds, next }: LengthWish) {
  return next
    ? `anything ${next.length} than ${next.than} seconds`
    : `anything near ${seconds} seconds`
}

function lengthsOf({ min, max, step }: ModelView['supports']['duration']) {
  const count = Math.floor((max - min) / step) + 1
  return Array.from({ length: count }, (_, index) => min + index * step)
}
