import type {
  GenerateVideoInput,
  GenerateVideoOutput,
  ListVideosOutput,
  VideoBrief,
} from '#lib/contract/chat-tools'
import { lengthOf, promptMaxLength, tooLongSentence } from '#lib/contract/text/plain-text'
import { newPrompt } from './new-prompt.ts'
import { insteadMessage, phrases } from './phrases.ts'
import type { DirectorRequest } from './request.ts'
import type { Situation, ToolAnswer } from './situation.ts'
import { type Understood, resolveTarget, understand } from './understand.ts'

/** One thing the director does: says something, calls tools, or both. Without calls the answer is complete. */
export interface Step {
  say: string
  calls: { toolName: string; input: object }[]
}

const longestSeconds = 60

/** What to do next. The same situation gives the same step. */
export function plan(situation: Situation): Step {
  const request = understand(situation)
  const tooLong = tooLongSentence('prompt', lengthOf(situation.text), promptMaxLength)
  // No more of it is read, and what is left out would be missing in the video.
  if (tooLong && (request.act === 'make' || request.act === 'change'))
    return say(phrases[request.language].failed(tooLong))
  const listed = situation.answers.find(({ toolName }) => toolName === 'listVideos')
  const done = situation.answers.filter(({ toolName }) => toolName !== 'listVideos')
  if (done.length > 0) return say(report(request, done))
  if (listed?.kind === 'value') return afterList(request, listed.value as ListVideosOutput)
  if (listed) return say(phrases[request.language].failed(String(listed.value)))
  return begin(request)
}

function begin(request: Understood): Step {
  const speech = phrases[request.language]
  const { act, isLibrary, image } = request
  if (act === 'who' || act === 'greet' || act === 'thank') return say(speech[act])
  if (act === 'unclear' && image) return say(speech.askMotion)
  if (act === 'unclear') return say(request.wantsVideo ? speech.askScene : speech.askAgain)
  if (act !== 'make' || image?.kind === 'same')
    return { say: '', calls: [call('listVideos', { scope: isLibrary ? 'library' : 'chat' })] }
  return image ? beginWith(request, request.images) : make(request, { prompt: request.scene })
}

/** New videos, one from each image. */
function beginWith(request: Understood, images: string[]): Step {
  const speech = phrases[request.language]
  if (images.length === 0) return say(speech.askImage)
  const prompt = request.scene || speech.anyMotion
  const steps = images.map((image) => make(request, { prompt, image }))
  const calls = steps.flatMap((step) => step.calls)
  return { say: speech.making(calls.length), calls }
}

function make({ language, settings, count }: Understood, asked: GenerateVideoInput): Step {
  // An image has a format of its own.
  const ratio = settings.ratio ?? (asked.image ? undefined : 'portrait')
  const input: GenerateVideoInput = {
    ...asked,
    ...(ratio && { aspectRatio: ratio }),
    ...(settings.seconds && { seconds: within(settings.seconds) }),
    ...(settings.resolution && { resolution: settings.resolution }),
  }
  return { say: phrases[language].making(count), calls: times(count, call('generateVideo', input)) }
}

function afterList(request: Understood, { videos }: ListVideosOutput): Step {
  const speech = phrases[request.language]
  if (request.act === 'list') return say(speech.listed(videos))
  if (request.image && request.act !== 'cancel' && request.act !== 'show')
    return versionWithImage(request, videos)
  if (videos.length === 0) return say(speech.noVideos)
  // The library comes newest first, a chat in its order.
  const ordered = request.isLibrary ? videos.toReversed() : videos
  const video = resolveTarget(request.target, ordered)
  if (!video) return say(speech.noSuchVideo(videos.length))
  const { fileId } = video
  if (request.act === 'cancel') return { say: '', calls: [call('cancelVideo', { fileId })] }
  if (request.act === 'show') return { say: '', calls: [call('showVideo', { fileId })] }
  const tooLong = tooLongVersion(video, request)
  if (tooLong) return say(tooLong)
  const isVary = request.act === 'vary'
  return {
    say: isVary ? speech.varying(video) : speech.changing(video),
    calls: times(request.count, call('generateVideo', versionOf(video, request))),
  }
}

/** A new version of the video that is meant, or of the last one with this image; where there is none, a new video. */
function versionWithImage(request: Understood, videos: VideoBrief[]): Step {
  const { act, target, image, images, language, count } = request
  const isSame = image?.kind === 'same'
  const begunWith = videos.findLast((one) => one.image && (isSame || images.includes(one.image)))
  const isPointed = target !== undefined && target.kind !== 'last'
  const video = isPointed ? resolveTarget(target, videos) : begunWith
  if (isPointed && !video) return say(phrases[language].noSuchVideo(videos.length))
  const chosen = isSame && begunWith?.image ? [begunWith.image] : images
  if (act === 'make' || !video || chosen.length === 0) return beginWith(request, chosen)
  const tooLong = tooLongVersion(video, request)
  if (tooLong) return say(tooLong)
  const input = { ...versionOf(video, request), image: chosen[0]! }
  return {
    say: phrases[language].changing(video),
    calls: times(count, call('generateVideo', input)),
  }
}

/** Why the change does not fit into the prompt; null where it does. A part of it would make another video. */
function tooLongVersion({ prompt }: VideoBrief, { language, scene }: Understood) {
  if (!scene) return null
  const length = lengthOf(`${prompt}, ${scene}`)
  const sentence = tooLongSentence('prompt', length, promptMaxLength)
  return sentence && phrases[language].failed(sentence)
}

function versionOf(video: VideoBrief, { settings, scene }: DirectorRequest): GenerateVideoInput {
  const { ratio, resolution, length } = settings
  return {
    prompt: newPrompt(video.prompt, scene),
    fromFileId: video.fileId,
    ...(ratio && { aspectRatio: ratio }),
    ...(settings.seconds && { seconds: within(settings.seconds) }),
    ...(length && !settings.seconds && { length }),
    ...(resolution && { resolution }),
  }
}

function report({ language }: DirectorRequest, answers: ToolAnswer[]): string {
  const speech = phrases[language]
  const failed = answers.find(({ kind }) => kind === 'error')
  if (failed) return speech.failed(String(failed.value))
  const made = answers.filter(({ kind }) => kind === 'value')
  if (made.length === 0) return speech.denied
  const [{ toolName, value }] = made as [ToolAnswer]
  if (toolName === 'cancelVideo') return speech.canceled(value as VideoBrief)
  if (toolName === 'showVideo') return speech.shown(value as VideoBrief)
  const video = value as GenerateVideoOutput
  const started = made.length > 1 ? speech.startedMany(made.length) : speech.started(video)
  return [started, insteadMessage(video, language)].filter(Boolean).join(' ')
}

function say(text: string): Step {
  return { say: text, calls: [] }
}

function call(toolName: string, input: object) {
  return { toolName, input }
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value)
}

function within(seconds: number) {
  return Math.min(longestSeconds, Math.max(1, Math.round(seconds)))
}
