import type { Json, ProviderRequest } from '../provider.ts'
import { type KieJobModel, kieJobModelOf } from './kie-job-models.ts'
import { type UploadedInput, urlsOf } from './kie-upload.ts'

/** The `input` of a task of the jobs API, in the words of the request's model. */
export function kieJobInputOf(
  request: ProviderRequest,
  uploaded: readonly UploadedInput[],
): Record<string, Json> {
  const model = kieJobModelOf(request.model)
  const { aspectRatio, resolution, duration } = model
  const seconds = request.durationSeconds
  return {
    ...model.constants,
    prompt: request.prompt,
    ...(aspectRatio && {
      [aspectRatio.field]: aspectRatio.values?.[request.aspectRatio] ?? request.aspectRatio,
    }),
    [duration.field]: duration.type === 'string' ? String(seconds) : seconds,
    ...(resolution && {
      [resolution.field]: resolution.values?.[request.resolution] ?? request.resolution,
    }),
    ...(model.audio && { [model.audio]: request.generateAudio }),
    ...(model.seed && { [model.seed]: request.seed % 2 ** 31 }),
    ...(model.negativePrompt &&
      request.negativePrompt && { [model.negativePrompt]: request.negativePrompt }),
    ...picturesOf(model, uploaded),
  }
}

function picturesOf({ frames, references }: KieJobModel, uploaded: readonly UploadedInput[]) {
  const pictures: Record<string, Json> = {}
  const put = (field: string, urls: string[]) => {
    if (urls.length > 0) pictures[field] = urls
  }
  if (references) put(references, urlsOf(uploaded, 'reference'))
  if (frames && 'list' in frames) put(frames.list, urlsOf(uploaded, 'first_frame', 'last_frame'))
  if (frames && 'first' in frames) {
    const [first] = urlsOf(uploaded, 'first_frame')
    const [last] = urlsOf(uploaded, 'last_frame')
    if (first) pictures[frames.first] = first
    if (last) pictures[frames.last] = last
  }
  return pictures
}
