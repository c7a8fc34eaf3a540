import { type MessageRef, message } from '#lib/messages/message'
import type { ModelView } from '#lib/contract/model-view'
import type { ComposerValues } from '../../form/composer-values.ts'

export interface InputAdvice {
  /** Which settings conflict. */
  sentence: MessageRef
  /** Ways to resolve it; each is a change of the form. */
  ways: { label: MessageRef; change: Partial<ComposerValues> }[]
}

/** A conflict of the pictures with other settings, and how to resolve it; null without one. */
export function adviseInputs(values: ComposerValues, { supports }: ModelView): InputAdvice | null {
  const { pictures, duration } = values
  const references = pictures.filter(({ role }) => role === 'reference')
  const frames = pictures.filter(({ role }) => role !== 'reference')
  if (references.length > 0 && frames.length > 0)
    return {
      sentence: message('inputs.bothKinds'),
      ways: [
        { label: message('inputs.keepReferences'), change: { pictures: references } },
        { label: message('inputs.keepFrames'), change: { pictures: frames } },
      ],
    }
  const seconds = supports.referenceSeconds
  if (references.length > 0 && seconds !== null && seconds !== duration)
    return {
      sentence: message('inputs.referenceSeconds', {
        needed: { seconds },
        now: { seconds: duration },
      }),
      ways: [
        {
          label: message('inputs.switchTo', { duration: { seconds } }),
          change: { duration: seconds },
        },
      ],
    }
  const [last, ...others] = frames
  if (last?.role === 'lastFrame' && others.length === 0)
    return {
      sentence: message('inputs.lastNeedsFirst'),
      ways: [
        {
          label: message('inputs.makeFirst'),
          change: { pictures: [{ ...last, role: 'firstFrame' }] },
        },
      ],
    }
  return null
}
