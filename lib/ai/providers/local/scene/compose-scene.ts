import { createAbstractLayer } from './abstract/abstract-layer.ts'
import { createAuroraLayer } from './sky/aurora-layer.ts'
import { createCityLayer } from './land/city-layer.ts'
import { createCloudsLayer } from './sky/clouds-layer.ts'
import { createDesertLayer } from './land/desert-layer.ts'
import { createFogLayer, createRainLayer, createSnowLayer } from './weather-layers.ts'
import { createForestLayer } from './land/forest-layer.ts'
import type { Layer, Stage } from './stage.ts'
import { createMountainsLayer } from './land/mountains-layer.ts'
import { createNebulaLayer } from './sky/nebula-layer.ts'
import { createPlanetLayer } from './sky/planet-layer.ts'
import { createSkyLayer, createSunLayer } from './sky/sky-layer.ts'
import { createStarsLayer } from './sky/stars-layer.ts'
import { createVignetteLayer } from './overlays.ts'
import { createWaterLayer } from './water/water-layer.ts'

/** The layers of a film, back to front. */
export function composeScene(stage: Stage): Layer[] {
  const scene = stage.has('abstract')
    ? [createAbstractLayer(stage)]
    : [...skyLayers(stage), ...groundLayers(stage), ...weatherLayers(stage)]
  return [...scene, createVignetteLayer(stage)]
}

function skyLayers(stage: Stage): Layer[] {
  const { has, palette, isDeepSpace } = stage
  if (isDeepSpace) {
    return [createNebulaLayer(stage), createStarsLayer(stage, 1.3), createPlanetLayer(stage)]
  }
  const layers: Layer[] = [createSkyLayer(stage)]
  if (palette.darkness > 0.2) layers.push(createStarsLayer(stage, palette.darkness ** 1.5))
  if (has('aurora')) layers.push(createAuroraLayer(stage))
  layers.push(has('space') ? createPlanetLayer(stage) : createSunLayer(stage))
  if (has('clouds')) layers.push(createCloudsLayer(stage))
  return layers
}

function groundLayers(stage: Stage): Layer[] {
  const { has } = stage
  const mountains = has('mountains') ? createMountainsLayer(stage) : null
  const city = has('city') ? createCityLayer(stage) : null
  const layers: Layer[] = []
  if (mountains) layers.push(mountains)
  if (has('desert')) layers.push(createDesertLayer(stage))
  if (city) layers.push(city)
  // A city without a sea gets a river.
  const isRiver = city !== null && !has('ocean') && !has('desert')
  if (has('ocean') || isRiver) {
    const mirrored = city ? city.sprites.slice(1) : (mountains?.sprites ?? [])
    const waves = isRiver ? { roughness: 0.45, scale: 0.8 } : { roughness: 1, scale: 1 }
    layers.push(createWaterLayer(stage, { ...waves, mirrored }))
  }
  if (has('forest')) layers.push(createForestLayer(stage))
  return layers
}

function weatherLayers(stage: Stage): Layer[] {
  const layers: Layer[] = []
  if (stage.has('fog')) layers.push(createFogLayer(stage))
  if (stage.has('rain')) layers.push(createRainLayer(stage))
  if (stage.has('snow')) layers.push(createSnowLayer(stage))
  return layers
}
