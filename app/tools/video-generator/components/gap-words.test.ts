import { expect, it } from 'vitest'
import { gapWords } from './gap-words.ts'
import { testModel } from './test-model.ts'

const everything = { firstFrame: true, lastFrame: true, maxReferences: 3 }
const veo = testModel({
  id: 'veo',
  label: 'Veo',
  supports: { ...everything, aspectRatios: ['9:16', '16:9'], seed: false, negativePrompt: false },
})
const able = (label: string, part: Parameters<typeof testModel>[0] = {}) =>
  testModel({ id: label, label, ...part })

it('says nothing of a model that does everything', () =>
  expect(gapWords(testModel({ supports: everything }), [])).toBeNull())

it('names what is missing, where nobody else can be named', () => {
  const off = able('Off', { isEnabled: false })
  const remaker = able('Remaker', { supports: { sourceVideo: 'required' } })
  expect(gapWords(veo, [veo, off, remaker])).toBe('Not with Veo: 1:1, seed and negative prompt.')
})

it('names who can, each where it is short', () => {
  const demo = able('Demo', { isDemo: true })
  const square = able('Square', { supports: { seed: false, negativePrompt: false } })
  expect(gapWords(veo, [demo, veo, square])).toBe(
    'Not with Veo: 1:1 (Square and Demo can), seed and negative prompt (Demo can).',
  )
  expect(gapWords(veo, [able('A'), able('B'), able('C')])).toBe(
    'Not with Veo: 1:1, seed and negative prompt (A and 2 others can).',
  )
})

it('speaks of the parts of pictures only where the model takes some', () => {
  const part = gapWords(testModel({ label: 'Omni', supports: { firstFrame: true } }), [])
  expect(part).toBe('Not with Omni: last frame and references.')
  expect(gapWords(testModel({ label: 'Kling' }), [])).toBe('Not with Kling: pictures.')
})
