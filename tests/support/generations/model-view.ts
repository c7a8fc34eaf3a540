import type { ModelSupports, ModelView, RouteView } from '#lib/contract/model-view'

const supports: ModelSupports = {
  aspectRatios: ['9:16', '16:9'],
  resolutions: ['720p'],
  duration: { min: 4, max: 8, step: 2 },
  seed: false,
  negativePrompt: false,
  audio: false,
  silence: false,
  cancel: false,
  firstFrame: false,
  lastFrame: false,
  maxReferences: 0,
  referenceSeconds: null,
  sourceVideo: 'no',
  customSize: null,
  imageFormats: [],
  anyLanguage: true,
}

type RouteDifferences = Omit<Partial<RouteView>, 'supports'> & { supports?: Partial<ModelSupports> }

/** A provider's way of making the model of `aModelView`: on, at $0.10 a second, except for what is given. */
export function aRouteView({ supports: able, ...differences }: RouteDifferences = {}): RouteView {
  return {
    provider: 'p1',
    providerLabel: 'Provider One',
    isEnabled: true,
    unavailableReason: null,
    isSetUp: true,
    price: { perSecondUsd: 0.1, perRunUsd: 0 },
    supports: { ...supports, ...able },
    ...differences,
  }
}

type ModelDifferences = Omit<Partial<ModelView>, 'supports'> & { supports?: Partial<ModelSupports> }

/** A model for tests: silent, 4, 6 or 8 seconds, one route, except for what is given. */
export function aModelView({ supports: able, ...differences }: ModelDifferences = {}): ModelView {
  return {
    id: 'm1',
    kind: 'video',
    label: 'Model One',
    description: '',
    badges: [],
    isDemo: false,
    state: 'available',
    stateSince: null,
    replacementId: null,
    isEnabled: true,
    unavailableReason: null,
    supports: { ...supports, ...able },
    defaults: { aspectRatio: '9:16', resolution: '720p', duration: 8, generateAudio: false },
    price: { perSecondUsd: 0.1, perRunUsd: 0 },
    usualSeconds: null,
    routes: [aRouteView({ supports: { ...able } })],
    ...differences,
  }
}
