import {
  createBandPass,
  createBrownNoise,
  createLowPass,
  createWhiteNoise,
  type Mix,
  sampleRate,
  type Voice,
} from './voice.ts'

const secondsBetweenCars = 1.7

/** A city from a distance: the rumble of all of it, a faint mains hum, and cars that pass from side to side. */
export const addCity: Voice = (mix, random) => {
  for (const channel of [mix.left, mix.right]) {
    const rumble = createBrownNoise(random)
    const deep = createLowPass(170)
    const air = createLowPass(700)
    const noise = createWhiteNoise(random)
    for (let index = 0; index < channel.length; index += 1) {
      const hum = Math.sin((index / sampleRate) * Math.PI * 2 * 100) * 0.004
      channel[index]! += deep.next(rumble()) * 0.5 + air.next(noise()) * 0.05 + hum
    }
  }
  const cars = Math.ceil(mix.left.length / sampleRate / secondsBetweenCars)
  for (let car = 0; car < cars; car += 1) addCar(mix, random)
}

function addCar({ left, right }: Mix, random: () => number) {
  const middle = random() * left.length
  const reach = sampleRate * (0.9 + random() * 0.9)
  const tyres = createBandPass(360 + random() * 420, 0.7)
  const noise = createWhiteNoise(random)
  const direction = random() < 0.5 ? -1 : 1
  const level = 0.1 + random() * 0.16
  const from = Math.max(0, Math.floor(middle - reach * 2))
  const to = Math.min(left.length, Math.floor(middle + reach * 2))
  for (let index = from; index < to; index += 1) {
    const way = (index - middle) / reach
    // A bell that has reached zero at its ends, so that a car never starts or ends with a step.
    const near = Math.cos((way / 2) * (Math.PI / 2)) ** 4
    const pan = 0.5 + 0.45 * Math.tanh(way * direction)
    const sample = tyres.next(noise()) * near * level
    left[index]! += sample * (1 - pan)
    right[index]! += sample * pan
  }
}
