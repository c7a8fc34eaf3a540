import { says } from '../../../../../tests/support/says.ts'
import { expect, it } from 'vitest'
import { testModel } from '../../../../../tests/support/generations/test-model.ts'
import { gapMessages } from './model-limits.tsx'

const everything = { firstFrame: true, lastFrame: true, maxReferences: 3 }
const veo = testModel({
  id: 'veo',
  label: 'Veo',
  supports: { ...everything, aspectRatios: ['9:16', '16:9'], seed: false, negativePrompt: false },
})
const able = (label: string, part: Parameters<typeof testModel>[0] = {}) =>
  testModel({ id: label, label, ...part })

it('is silent about a model that supports everything', () =>
  expect(gapMessages(testModel({ supports: everything }), [])).toEqual([]))

it('names what is missing, also where no other model has it', () => {
  const off = able('Off', { isEnabled: false })
  const demo = able('Demo', { isDemo: true })
  const remaker = able('Remaker', { supports: { sourceVideo: 'required' } })
  expect(gapMessages(veo, [veo, off, demo, remaker])).toEqual([
    says('Veo doesn’t support 1:1, seeds or negative prompts.'),
  ])
})

it('names the models that can, or counts them', () => {
  const full = able('Full')
  const square = able('Square', { supports: { seed: false, negativePrompt: false } })
  expect(gapMessages(veo, [full, veo, square])).toEqual([
    says('Veo doesn’t support 1:1, seeds or negative prompts.'),
    says('Full and Square support 1:1.'),
    says('Full supports seeds and negative prompts.'),
  ])
  expect(gapMessages(veo, [able('A'), able('B'), able('C')])[1]).toEqual(
    says('A and 2 more support 1:1, seeds and negative prompts.'),
  )
})

it('names kinds of pictures only if the model accepts any', () => {
  const parts = gapMessages(testModel({ label: 'Omni', supports: { firstFrame: true } }), [])
  expect(parts).toEqual([says('Omni doesn’t support a last frame or references.')])
  expect(gapMessages(testModel({ label: 'Kling' }), [])).toEqual([
    says('Kling doesn’t support pictures.'),
  ])
})
