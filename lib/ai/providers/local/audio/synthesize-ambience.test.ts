import { describe, expect, it } from 'vitest'
import { parsePrompt } from '../grammar/parse-prompt.ts'
import { loudnessOf } from './master.ts'
import { synthesizeAmbience } from './synthesize-ambience.ts'

const prompts = [
  'ocean',
  'mountains',
  'desert',
  'rain',
  'city',
  'forest by day',
  'forest at night',
  'space',
  'hello',
]

const sound = (prompt: string) => synthesizeAmbience(parsePrompt(prompt, null, 3), 2)

describe('synthesizeAmbience', () => {
  it.each(prompts)('is calm, clean and silent at both ends: %s', (prompt) => {
    const { left, right } = sound(prompt)
    const peak = Math.max(
      ...[left, right].map((channel) =>
        channel.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
      ),
    )
    expect(peak).toBeLessThan(0.86)
    expect(peak).toBeGreaterThan(0.05)
    for (const edge of [left[0], right[0], left.at(-1), right.at(-1)])
      expect(Math.abs(edge!)).toBeLessThan(0.001)
    const loudness = loudnessOf({ left, right })
    expect(loudness).toBeGreaterThan(-24)
    expect(loudness).toBeLessThan(-15)
  })

  it('never outlasts the film', () => {
    const { left, sampleRate } = sound('ocean')
    expect((left.length + 1024) / sampleRate).toBeLessThanOrEqual(2)
  })

  it('is the same for the same plan', () => {
    expect(sound('rain').left).toEqual(sound('rain').left)
    expect(sound('rain').left).not.toEqual(sound('city').left)
  })
})
