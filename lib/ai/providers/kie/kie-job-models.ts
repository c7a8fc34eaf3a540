import type { AspectRatio, ImageFormat, Resolution } from '#lib/contract/model-view'
import type { Json, ProviderRequest } from '../provider.ts'

/** A field and what our values are called in it; a value that is not listed goes out as it is. */
interface KieField<T extends string> {
  field: string
  values?: Partial<Record<T, string>>
}

/** How a request becomes the `input` of a model. A null field is one the model does not know. */
export interface KieJobModel {
  aspectRatio: KieField<AspectRatio> | null
  /** Null for an image. */
  duration: { field: string; type: 'number' | 'string' } | null
  imageFormat: KieField<ImageFormat> | null
  resolution: KieField<Resolution> | null
  /** Both frames as one list, or a field for each. */
  frames: { list: string } | { first: string; last: string } | null
  /** A list. */
  references: string | null
  audio: string | null
  negativePrompt: string | null
  /** Takes 0 to 2^31 - 1. */
  seed: string | null
  /** What must be sent besides: the defaults of Kie's documents are not applied by its server. */
  constants: Record<string, Json>
}

const generic: KieJobModel = {
  aspectRatio: { field: 'aspect_ratio' },
  duration: { field: 'duration', type: 'number' },
  imageFormat: null,
  resolution: { field: 'resolution' },
  frames: { list: 'image_urls' },
  references: null,
  audio: null,
  negativePrompt: null,
  seed: null,
  constants: {},
}

const klingTurbo: KieJobModel = { ...generic, duration: { field: 'duration', type: 'string' } }

const wan: KieJobModel = {
  ...generic,
  frames: null,
  negativePrompt: 'negative_prompt',
  seed: 'seed',
  constants: { prompt_extend: true, watermark: false },
}

const seedance: KieJobModel = {
  ...generic,
  frames: { first: 'first_frame_url', last: 'last_frame_url' },
  references: 'reference_image_urls',
  audio: 'generate_audio',
  constants: { nsfw_checker: true, web_search: false },
}

const sora: KieJobModel = {
  ...generic,
  aspectRatio: { field: 'aspect_ratio', values: { '16:9': 'landscape', '9:16': 'portrait' } },
  duration: { field: 'n_frames', type: 'string' },
  resolution: null,
  frames: null,
  constants: { remove_watermark: true, upload_method: 's3' },
}

const image: KieJobModel = { ...generic, duration: null, resolution: null, frames: null }

const nanoBanana: KieJobModel = {
  ...image,
  aspectRatio: { field: 'image_size' },
  imageFormat: { field: 'output_format' },
}

const nanoBananaPro: KieJobModel = {
  ...image,
  resolution: { field: 'resolution' },
  imageFormat: { field: 'output_format', values: { jpeg: 'jpg' } },
  references: 'image_input',
  constants: { image_input: [] },
}

const seedream: KieJobModel = {
  ...image,
  resolution: { field: 'quality', values: { '2K': 'basic', '4K': 'high' } },
}

const flux: KieJobModel = { ...image, resolution: { field: 'resolution' } }

/**
 * What each model of the jobs API calls things. Sora is from Kie's documents; the other videos are unconfirmed by them
 * and as its clients send them in 2026. The images are from copies of Kie's pages of early 2026 and were never called
 * live.
 */
const models: Record<string, KieJobModel> = {
  'kling/v3-turbo-text-to-video': { ...klingTurbo, frames: null },
  'kling/v3-turbo-image-to-video': { ...klingTurbo, aspectRatio: null },
  'kling-3.0/video': {
    ...klingTurbo,
    resolution: { field: 'mode', values: { '480p': 'std', '720p': 'std', '1080p': 'pro' } },
    audio: 'sound',
    constants: { multi_shots: false },
  },
  'wan/2-7-text-to-video': { ...wan, aspectRatio: { field: 'ratio' } },
  'wan/2-7-image-to-video': {
    ...wan,
    aspectRatio: null,
    frames: { first: 'first_frame_url', last: 'last_frame_url' },
  },
  'bytedance/seedance-2': seedance,
  'bytedance/seedance-2-fast': seedance,
  'bytedance/seedance-2-mini': seedance,
  'sora-2-text-to-video': sora,
  'sora-2-image-to-video': { ...sora, frames: { list: 'image_urls' } },
  'google/nano-banana': nanoBanana,
  'google/nano-banana-edit': { ...nanoBanana, references: 'image_urls' },
  'nano-banana-2': { ...nanoBananaPro, constants: { image_input: [], google_search: false } },
  'nano-banana-pro': nanoBananaPro,
  'seedream/4.5-text-to-image': seedream,
  'seedream/4.5-edit': { ...seedream, references: 'image_urls' },
  'flux-2/pro-text-to-image': flux,
  'flux-2/pro-image-to-image': { ...flux, references: 'input_urls' },
}

/** The slugs that take reference pictures in the place of those that take none. */
const withReferences: Record<string, string> = {
  'google/nano-banana': 'google/nano-banana-edit',
  'seedream/4.5-text-to-image': 'seedream/4.5-edit',
  'flux-2/pro-text-to-image': 'flux-2/pro-image-to-image',
}

/** The slug that a request goes to: some models have another one for requests with reference pictures. */
export function kieSlugOf({ model, inputs }: Pick<ProviderRequest, 'model' | 'inputs'>) {
  const hasReferences = inputs.some(({ role }) => role === 'reference')
  return hasReferences && Object.hasOwn(withReferences, model) ? withReferences[model]! : model
}

/** The model of a slug; for one that is not known here, the names that most models use. */
export function kieJobModelOf(slug: string): KieJobModel {
  return Object.hasOwn(models, slug) ? models[slug]! : generic
}

/** Whether a slug makes images. */
export function makesImages(slug: string) {
  return kieJobModelOf(slug).duration === null
}
