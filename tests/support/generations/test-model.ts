import type { ModelView, RouteView } from '#lib/contract/model-view'

type Supports = ModelView['supports']
type ModelPart = Partial<Omit<ModelView, 'supports'>> & { supports?: Partial<Supports> }
type RoutePart = Partial<Omit<RouteView, 'supports'>> & { supports?: Partial<Supports> }

const all: Supports = {
  aspectRatios: ['9:16', '16:9', '1:1'],
  resolutions: ['480p', '720p', '1080p'],
  duration: { min: 2, max: 10, step: 1 },
  seed: true,
  negativePrompt: true,
  audio: true,
  silence: true,
  cancel: true,
  firstFrame: false,
  lastFrame: false,
  maxReferences: 0,
  referenceSeconds: null,
  sourceVideo: 'no',
  customSize: null,
  imageFormats: [],
  anyLanguage: true,
}

/** A model to test the form with, made by one provider; what a test cares for is handed in. */
export function testModel({ supports, ...rest }: ModelPart = {}): ModelView {
  const { isEnabled = true, unavailableReason = null, price = free } = rest
  return {
    id: 'm',
    kind: 'video',
    label: 'M',
    description: '',
    badges: [],
    isDemo: false,
    state: 'available',
    stateSince: null,
    replacementId: null,
    defaults: { aspectRatio: '9:16', resolution: '720p', duration: 4, generateAudio: true },
    usualSeconds: null,
    routes: [testRoute({ isEnabled, unavailableReason, price, supports: { ...supports } })],
    ...rest,
    isEnabled,
    unavailableReason,
    price,
    supports: { ...all, ...supports },
  }
}

const free = { perSecondUsd: 0, perRunUsd: 0 }

/** One provider's way of making it. */
export function testRoute({ supports, ...rest }: RoutePart = {}): RouteView {
  return {
    provider: 'p',
    providerLabel: 'P',
    isEnabled: true,
    unavailableReason: null,
    isSetUp: true,
    price: free,
    ...rest,
    supports: { ...all, ...supports },
  }
}
