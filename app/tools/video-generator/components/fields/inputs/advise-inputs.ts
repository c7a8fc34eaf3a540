import type { ModelView } from '#lib/contract/model-view'
import type { ComposerValues } from '../../form/composer-values.ts'

export interface InputAdvice {
  /** Which settings conflict. */
  sentence: string
  /** Ways to resolve it; each is a change of the form. */
  ways: { label: string; change: Partial<ComposerValues> }[]
}

/** A conflict of the pictures with other settings, and how to resolve it; null without one. */
export function adviseInputs(values: ComposerValues, { supports }: ModelView): InputAdvice | null {
  const { pictures, duration } = values
  const references = pictures.filter(({ role }) => role === 'reference')
  const frames = pictures.filter(({ role }) => role !== 'reference')
  if (references.length > 0 && frames.length > 0)
    return {
      sentence: 'Either references or frames, not both.',
      ways: [
        { label: 'Keep the references', change: { pictures: references } },
        { label: 'Keep the frames', change: { pictures: frames } },
      ],
    }
  const seconds = supports.referenceSeconds
  if (references.length > 0 && seconds !== null && seconds !== duration)
    return {
      sentence: `References work at ${seconds} seconds; ${duration} are set.`,
      ways: [{ label: `Switch to ${seconds} s`, change: { duration: seconds } }],
    }
  const [last, ...others] = frames
  if (last?.role === 'lastFrame' && others.length === 0)
    return {
      sentence: 'A last frame needs a first frame beside it.',
      ways: [
        { label: 'Make it the first', change: { pictures: [{ ...last, role: 'firstFrame' }] } },
      ],
    }
  return null
}
