import { inEnglish } from '#lib/messages/translate'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aModelView } from '../../tests/support/generations/model-view.ts'
import { faultOf, generateVideoRequestSchema } from './generate-video-request.ts'

const model = aModelView()
const off = aModelView({
  id: 'm2',
  label: 'Model Two',
  isEnabled: false,
  unavailableReason: 'Set M2_KEY to turn it on.',
})
const retired = aModelView({
  id: 'm0',
  label: 'Model Zero',
  state: 'retired',
  isEnabled: false,
  unavailableReason: 'Model Zero was retired. Use Model One.',
})
const schema = generateVideoRequestSchema([retired, off, model])

function faultsOf(request: unknown) {
  const issues = schema.safeParse(request).error?.issues ?? []
  return Object.fromEntries(
    issues.map((issue) => [issue.path.join('.'), inEnglish(faultOf(issue))]),
  )
}

describe('a request', () => {
  test('needs only a prompt and takes the rest from its model', () => {
    expect(generateVideoRequestSchema([model]).parse({ prompt: '  a fox ' })).toEqual({
      prompt: 'a fox',
      model: 'm1',
      aspectRatio: '9:16',
      duration: 8,
      resolution: '720p',
      seed: null,
      negativePrompt: null,
      generateAudio: false,
      inputs: { firstFrame: null, lastFrame: null, references: [], sourceVideo: null },
      variations: 1,
      maxUsd: null,
      useCache: false,
    })
  })

  test.each(['\u200B\u200B', '\u2800\u2800', '\u3164', '\u00A0\uFEFF', '\u0000\u001B'])(
    'F33: with a prompt of %j only has none',
    (prompt) =>
      expect(faultsOf({ prompt, model: 'm1' })).toEqual({
        prompt: 'Write a prompt: 1 to 4,000 characters.',
      }),
  )

  test.each(['👩‍👩‍👧 on a beach', 'می\u200Cخواهم', 'क्\u200Dष', '🏳️‍🌈'])(
    'F33: keeps the joiners in %s',
    (prompt) => expect(generateVideoRequestSchema([model]).parse({ prompt }).prompt).toBe(prompt),
  )

  test('is told every fault at once, with the limits', () => {
    const request = {
      prompt: '',
      aspectRatio: '4:3',
      duration: '5',
      resolution: '8k',
      seed: -1,
      generateAudio: 1,
    }
    const faults = faultsOf(request)
    expect(Object.keys(faults).toSorted()).toEqual(
      ['aspectRatio', 'duration', 'generateAudio', 'prompt', 'resolution', 'seed'].toSorted(),
    )
    expect(faults.aspectRatio).toBe('Choose one of: 9:16, 16:9, 1:1.')
    expect(faults.seed).toContain('4294967295')
  })

  test('is told everything the model cannot do', () => {
    const faults = faultsOf({
      prompt: 'a fox',
      model: 'm1',
      aspectRatio: '1:1',
      duration: 5,
      resolution: '1080p',
      seed: 7,
      negativePrompt: 'dogs',
      generateAudio: true,
    })
    expect(faults).toEqual({
      aspectRatio: 'Model One makes 9:16, 16:9.',
      resolution: 'Model One makes 720p.',
      duration: 'Model One makes 4 to 8 seconds, in steps of 2 seconds.',
      seed: 'Model One takes no seed.',
      negativePrompt: 'Model One takes no negative prompt.',
      generateAudio: 'Model One makes silent videos only.',
    })
  })

  test('names what turns a model on, what replaces it, and what is unknown', () => {
    expect(faultsOf({ prompt: 'a', model: 'm2' }).model).toBe('Set M2_KEY to turn it on.')
    expect(faultsOf({ prompt: 'a', model: 'm0' }).model).toBe(
      'Model Zero was retired. Use Model One.',
    )
    expect(faultsOf({ prompt: 'a', model: 'nope' }).model).toBe('Choose one of: m1.')
    expect(schema.safeParse({ prompt: 'a', colour: 'red' }).error?.issues[0]).toMatchObject({
      code: 'unrecognized_keys',
      keys: ['colour'],
    })
  })

  test('never throws, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), (anything) => void schema.safeParse(anything)))
  })

  test('that passes is within what the model can do', () => {
    const request = fc.record({
      prompt: fc.string({ minLength: 1, maxLength: 50 }),
      model: fc.constant('m1'),
      duration: fc.integer({ min: -5, max: 20 }),
      aspectRatio: fc.constantFrom('9:16', '16:9', '1:1'),
    })
    fc.assert(
      fc.property(request, (candidate) => {
        const parsed = schema.safeParse(candidate)
        if (!parsed.success) return
        expect([4, 6, 8]).toContain(parsed.data.duration)
        expect(model.supports.aspectRatios).toContain(parsed.data.aspectRatio)
      }),
    )
  })
})
