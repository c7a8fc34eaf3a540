import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePrompt } from './parse-prompt.ts'
import { sceneElements } from './scene-plan.ts'
import { anyText } from '../../../../../tests/support/any-text.ts'

const read = (prompt: string, negativePrompt: string | null = null, seed = 1) =>
  parsePrompt(prompt, negativePrompt, seed)

describe('parsePrompt', () => {
  it.each([
    ['waves on an ocean at sunset', ['ocean'], 'sunset'],
    ['волны в океане на закате', ['ocean'], 'sunset'],
    ['вид на море ранним утром', ['ocean'], 'dawn'],
    ['snow-capped mountains in the morning', ['mountains'], 'dawn'],
    ['в горах днём', ['mountains'], 'day'],
    ['горы над океаном на закате', ['mountains', 'ocean'], 'sunset'],
    ['a rainy night in the city', ['city', 'rain'], 'night'],
    ['дождь над ночным городом', ['city', 'rain'], 'night'],
    ['snowfall in a pine forest at dawn', ['forest', 'snow'], 'dawn'],
    ['заснеженный лес на рассвете', ['forest', 'snow'], 'dawn'],
    ['sand dunes at noon', ['desert'], 'day'],
    ['песчаные барханы в полдень', ['desert'], 'day'],
    ['a ringed planet in outer space', ['space'], 'night'],
    ['космос и далёкая галактика', ['space'], 'night'],
    ['northern lights over mountains', ['aurora', 'mountains'], 'night'],
    ['северное сияние над горами', ['aurora', 'mountains'], 'night'],
    ['туман в тайге вечером', ['forest', 'fog'], 'sunset'],
  ])('%s', (prompt, elements, time) => {
    const plan = read(prompt)
    expect(plan.elements.filter((element) => element !== 'clouds')).toEqual(elements)
    expect(plan.time).toBe(time)
  })

  it.each(['a cat reads a book', 'огород и пикник', '', '???', 'season of research'])(
    'makes %j abstract',
    (prompt) => expect(read(prompt).elements).toEqual(['abstract']),
  )

  it.each([
    ['ocean, slow zoom in', 'zoom-in'],
    ['zoom out from a city', 'zoom-out'],
    ['камера удаляется от города', 'zoom-out'],
    ['плавное приближение к горам', 'zoom-in'],
    ['панорама леса', 'pan'],
    ['orbiting a planet', 'orbit'],
    ['облёт планеты', 'orbit'],
    ['static shot of the sea', 'static'],
    ['неподвижный кадр моря', 'static'],
  ])('moves the camera: %s', (prompt, camera) => {
    expect(read(prompt).camera).toBe(camera)
  })

  it('takes out what the negative prompt names', () => {
    expect(read('rain over a city at night', 'rain, clouds').elements).toEqual(['city'])
    expect(read('снег в лесу', 'снегопад').elements).not.toContain('snow')
    expect(read('red and blue ocean', 'красный').tints).toEqual(read('blue ocean').tints)
  })

  it('hears a no within the prompt', () => {
    expect(read('forest without snow').elements).not.toContain('snow')
    expect(read('без дождя, город днём').elements).toEqual(['clouds', 'city'])
  })

  it('gives weather a ground, but none that is unwanted', () => {
    expect(read('snow').elements).toContain('forest')
    expect(read('snow', 'trees, mountains, sea').elements).toEqual(['space', 'snow'])
  })

  it('differs by seed in what the prompt leaves open, not in what it says', () => {
    const plans = Array.from({ length: 20 }, (_, seed) => read('ocean', null, seed))
    expect(new Set(plans.map((plan) => plan.time)).size).toBeGreaterThan(1)
    expect(plans.every((plan) => plan.elements.includes('ocean'))).toBe(true)
  })

  it('takes any text, and the same text is the same plan', () => {
    fc.assert(
      fc.property(
        anyText(),
        fc.string({ unit: 'grapheme' }),
        fc.nat(),
        (prompt, negative, seed) => {
          const plan = parsePrompt(prompt, negative, seed)
          expect(plan.elements.length).toBeGreaterThan(0)
          expect(plan.elements.every((element) => sceneElements.includes(element))).toBe(true)
          expect(plan.tints.length).toBeLessThanOrEqual(3)
          expect(parsePrompt(prompt, negative, seed)).toEqual(plan)
        },
      ),
    )
  })
})
