import type { ModelView } from '#lib/contract/model-view'

/** A model to test the form with; what a test cares for is handed in. */
export function testModel(
  part: Partial<Omit<ModelView, 'supports'>> & { supports?: Partial<ModelView['supports']> },
): ModelView {
  const { supports, ...rest } = part
  return {
    id: 'm',
    label: 'M',
    description: '',
    isDemo: false,
    state: 'available',
    replacementId: null,
    isEnabled: true,
    unavailableReason: null,
    defaults: { aspectRatio: '9:16', resolution: '720p', duration: 4, generateAudio: true },
    price: { perSecondUsd: 0, perRunUsd: 0 },
    ...rest,
    supports: {
      aspectRatios: ['9:16', '16:9', '1:1'],
      resolutions: ['480p', '720p', '1080p'],
      duration: { min: 2, max: 10, step: 1 },
      seed: true,
      negativePrompt: true,
      audio: true,
      cancel: true,
      ...supports,
    },
  }
}
