import { says } from '../../../../../tests/support/says.ts'
import { expect, it } from 'vitest'
import { testModel } from '../../../../../tests/support/generations/test-model.ts'
import { gapMessage } from './model-limits.tsx'

const everything = { firstFrame: true, lastFrame: true, maxReferences: 3 }
const veo = testModel({
  id: 'veo',
  label: 'Veo',
  supports: { ...everything, aspectRatios: ['9:16', '16:9'], seed: false, negativePrompt: false },
})
const able = (label: string, part: Parameters<typeof testModel>[0] = {}) =>
  testModel({ id: label, label, ...part })

it('is null for a model that supports everything', () =>
  expect(gapMessage(testModel({ supports: everything }), [])).toBeNull())

it('names what is missing, also where no other model has it', () => {
  const off = able('Off', { isEnabled: false })
  const remaker = able('Remaker', { supports: { sourceVideo: 'required' } })
  expect(gapMessage(veo, [veo, off, remaker])).toEqual(
    says('Veo doesn’t support 1:1, seeds or negative prompts.'),
  )
})

it('names the models that can, or counts them', () => {
  const demo = able('Demo', { isDemo: true })
  const square = able('Square', { supports: { seed: false, negativePrompt: false } })
  expect(gapMessage(veo, [demo, veo, square])).toEqual(
    says('Veo doesn’t support 1:1 (Square and Demo) or seeds or negative prompts (Demo).'),
  )
  expect(gapMessage(veo, [able('A'), able('B'), able('C')])).toEqual(
    says('Veo doesn’t support 1:1, seeds or negative prompts (A and 2 more).'),
  )
})

it('names kinds of pictures only if the model accepts any', () => {
  const part = gapMessage(testModel({ label: 'Omni', supports: { firstFrame: true } }), [])
  expect(part).toEqual(says('Omni doesn’t support a last frame or references.'))
  expect(gapMessage(testModel({ label: 'Kling' }), [])).toEqual(
    says('Kling doesn’t support pictures.'),
  )
})
