import { describe, expect, it } from 'vitest'
import { rgbOf } from '../color.ts'
import { paletteOf } from './palette.ts'
import { parsePrompt } from './parse-prompt.ts'

const paint = (prompt: string) => paletteOf(parsePrompt(prompt, null, 1))

describe('paletteOf', () => {
  it('is darker the later it is', () => {
    const light = ['ocean by day', 'ocean at sunset', 'ocean at night'].map(
      (prompt) => paint(prompt).upper.l,
    )
    expect(light).toEqual(light.toSorted((a, b) => b - a))
    expect(paint('ocean at night').darkness).toBe(1)
    expect(paint('ocean by day').darkness).toBe(0)
  })

  it.each([
    ['a red desert', 0],
    ['красная пустыня', 0],
    ['a green ocean', 1],
    ['a blue city', 2],
    ['синий город', 2],
  ])('turns to the colour named: %s', (prompt, channel) => {
    const plain = rgbOf(paint(prompt.replace(/^a \w+|^\S+/, 'by day')).haze)
    const tinted = rgbOf(paint(`${prompt} by day`).haze)
    const share = (rgb: number[]) => rgb[channel]! / (rgb[0]! + rgb[1]! + rgb[2]!)
    expect(share(tinted)).toBeGreaterThan(share(plain))
  })

  it('keeps a red night a night', () => {
    expect(paint('a red city at night').zenith.l).toBeLessThan(0.35)
  })

  it('greys the light when it rains', () => {
    const chroma = (prompt: string) => {
      const { a, b } = paint(prompt).lower
      return Math.hypot(a, b)
    }
    expect(chroma('rain over the sea at sunset')).toBeLessThan(chroma('sea at sunset'))
  })
})
