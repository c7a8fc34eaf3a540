const kling = { prompt: 'string', duration: 'string', resolution: 'string' }
const wan = { prompt: 'string', duration: 'number', resolution: 'string' }
const seedance = { ...wan, aspect_ratio: 'string', generate_audio: 'boolean' }
const sora = {
  prompt: 'string',
  aspect_ratio: 'string',
  n_frames: 'string',
  upload_method: 'string',
}

const nanoBanana = { prompt: 'string', output_format: 'string', image_size: 'string' }
const nanoBananaPro = {
  prompt: 'string',
  output_format: 'string',
  aspect_ratio: 'string',
  resolution: 'string',
  image_input: 'object',
}
const seedream = { prompt: 'string', aspect_ratio: 'string', quality: 'string' }
const flux = { prompt: 'string', aspect_ratio: 'string', resolution: 'string' }

const required: Record<string, Record<string, string>> = {
  'kling/v3-turbo-text-to-video': { ...kling, aspect_ratio: 'string' },
  'kling/v3-turbo-image-to-video': { ...kling, image_urls: 'object' },
  'kling-3.0/video': {
    prompt: 'string',
    duration: 'string',
    mode: 'string',
    sound: 'boolean',
    aspect_ratio: 'string',
    multi_shots: 'boolean',
  },
  'wan/2-7-text-to-video': { ...wan, ratio: 'string' },
  'wan/2-7-image-to-video': { ...wan, first_frame_url: 'string' },
  'bytedance/seedance-2': seedance,
  'bytedance/seedance-2-fast': seedance,
  'bytedance/seedance-2-mini': seedance,
  'sora-2-text-to-video': sora,
  'sora-2-image-to-video': { ...sora, image_urls: 'object' },
  'google/nano-banana': nanoBanana,
  'google/nano-banana-edit': { ...nanoBanana, image_urls: 'object' },
  'nano-banana-2': { ...nanoBananaPro, google_search: 'boolean' },
  'nano-banana-pro': nanoBananaPro,
  'seedream/4.5-text-to-image': seedream,
  'seedream/4.5-edit': { ...seedream, image_urls: 'object' },
  'flux-2/pro-text-to-image': flux,
  'flux-2/pro-image-to-image': { ...flux, input_urls: 'object' },
}

/** Whether the input of a job has every field its model insists on, each of its type. */
export function hasRequiredFields(model: string, input: Record<string, unknown>): boolean {
  const fields = required[model] ?? { prompt: 'string' }
  return Object.entries(fields).every(
    // Not "undefined": what is absent has no type that is asked for.
    ([field, type]) => typeof input[field] === type && input[field] !== '',
  )
}
