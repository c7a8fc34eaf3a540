import { type StereoSound, soundSamplesOf } from '../film/encode-audio.ts'
import type { SceneElement, ScenePlan } from '../grammar/scene-plan.ts'
import { createRandom } from '../random.ts'
import { addBirds, addCrickets } from './animal-voices.ts'
import { addCity } from './city-voice.ts'
import { master } from './master.ts'
import { createPadVoice } from './pad-voice.ts'
import { addRain, addWaves, createWindVoice } from './weather-voices.ts'
import { sampleRate, type Voice } from './voice.ts'

/** The sound of a place: every element that is seen is heard. 48 kHz stereo, no longer than the film. */
export function synthesizeAmbience(plan: ScenePlan, durationSeconds: number): StereoSound {
  const samples = soundSamplesOf(durationSeconds, sampleRate)
  const mix = { left: new Float32Array(samples), right: new Float32Array(samples) }
  for (const [name, voice] of Object.entries(voicesOf(plan))) {
    voice(mix, createRandom(plan.key, 'sound', name))
  }
  master(mix)
  return { sampleRate, ...mix }
}

function voicesOf({ elements, time }: ScenePlan): Record<string, Voice> {
  const has = (element: SceneElement) => elements.includes(element)
  const voices: Record<string, Voice> = {}
  if (has('abstract')) voices.pad = createPadVoice({ root: 98, cutoff: 1400, level: 0.12 })
  if (has('space')) voices.drone = createPadVoice({ root: 41, cutoff: 420, level: 0.2 })
  if (has('aurora')) voices.lights = createPadVoice({ root: 196, cutoff: 2400, level: 0.05 })
  if (has('ocean')) voices.waves = addWaves
  if (has('mountains'))
    voices.wind = createWindVoice({ pitch: 260, strength: has('ocean') ? 0.25 : 0.6 })
  if (has('desert')) voices.sand = createWindVoice({ pitch: 420, strength: 0.6 })
  if (has('snow') || has('fog')) voices.cold = createWindVoice({ pitch: 190, strength: 0.35 })
  if (has('city')) voices.city = addCity
  if (has('forest')) voices.leaves = createWindVoice({ pitch: 900, strength: 0.16 })
  if (has('forest') && !has('snow')) {
    if (time === 'night') voices.crickets = addCrickets
    else if (!has('rain')) voices.birds = addBirds
  }
  if (has('rain')) voices.rain = addRain
  return voices
}
