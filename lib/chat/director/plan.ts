import type {
  GenerateImageInput,
  GenerateVideoInput,
  GenerateVideoOutput,
  ListVideosOutput,
  VideoBrief,
} from '#lib/contract/chat-tools'
import type { MediaType } from '#lib/contract/generation'
import { lengthOf, promptMaxLength } from '#lib/contract/text/plain-text'
import { type Sentence, message } from '#lib/messages/message'
import { newPrompt } from './new-prompt.ts'
import { inWords, listed, nameOf, shown, started, startedMany } from './phrases.ts'
import type { DirectorRequest, Question } from './request.ts'
import type { Situation, ToolAnswer } from './situation.ts'
import { type Understood, resolveTarget, understand } from './understand.ts'

/** One thing the director does: says something, calls tools, or both. Without calls the answer is complete. */
export interface Step {
  say: string
  /** What it asks, where it asks something that the next message may answer. */
  question?: Question
  calls: { toolName: string; input: object }[]
}

const longestSeconds = 60

/** What to do next. The same situation gives the same step. */
export function plan(situation: Situation): Step {
  const request = understand(situation)
  const length = lengthOf(situation.text)
  // No more of it is read, and what is left out would be missing in the video.
  if (length > promptMaxLength && (request.act === 'make' || request.act === 'change'))
    return say(request, tooLong(length))
  const found = situation.answers.find(({ toolName }) => toolName === 'listVideos')
  const done = situation.answers.filter(({ toolName }) => toolName !== 'listVideos')
  if (done.length > 0) return say(request, ...report(done))
  if (found?.kind === 'value') return afterList(request, found.value as ListVideosOutput)
  if (found) return say(request, failure(found))
  return begin(request)
}

function begin(request: Understood): Step {
  const { act, isLibrary, image } = request
  if (act === 'who' || act === 'greet' || act === 'thank')
    return say(request, message(`director.${act}`))
  if (act === 'unclear' && image) return ask(request, 'askMotion')
  if (act === 'unclear') return ask(request, 'askScene', !request.wantsVideo)
  if (act !== 'make' || image?.kind === 'same')
    return { say: '', calls: [call('listVideos', { scope: isLibrary ? 'library' : 'chat' })] }
  if (!image) return request.wantsImage ? draw(request) : make(request, { prompt: request.scene })
  return beginWith(request, request.images)
}

/** New images. */
function draw(request: Understood): Step {
  const { settings, count } = request
  const input: GenerateImageInput = {
    prompt: request.scene,
    ...(settings.ratio && { aspectRatio: settings.ratio }),
    ...modelFor('image', request),
  }
  const said = message('director.making', { count, kind: 'image' })
  return { ...say(request, said), calls: times(count, call('generateImage', input)) }
}

/** New videos, one from each image. */
function beginWith(request: Understood, images: string[]): Step {
  if (images.length === 0) return ask(request, 'askImage')
  const prompt = request.scene || inWords(request.language, message('director.anyMotion'))
  const steps = images.map((image) => make(request, { prompt, image }))
  const calls = steps.flatMap((step) => step.calls)
  return { ...say(request, making(calls.length)), calls }
}

function make(request: Understood, asked: GenerateVideoInput): Step {
  const { settings, count } = request
  // An image has a format of its own.
  const ratio = settings.ratio ?? (asked.image ? undefined : 'portrait')
  const input: GenerateVideoInput = {
    ...asked,
    ...(ratio && { aspectRatio: ratio }),
    ...(settings.seconds && { seconds: within(settings.seconds) }),
    ...(settings.resolution && { resolution: settings.resolution }),
    ...modelFor('video', request),
  }
  return { ...say(request, making(count)), calls: times(count, call('generateVideo', input)) }
}

function making(count: number) {
  return message('director.making', { count, kind: 'video' })
}

function afterList(request: Understood, { videos }: ListVideosOutput): Step {
  const { act, language } = request
  if (act === 'list' && videos.length > 0) return { say: listed(videos, language), calls: [] }
  if (request.image && act !== 'cancel' && act !== 'show' && act !== 'list')
    return versionWithImage(request, videos)
  if (videos.length === 0) return say(request, message('director.noVideos'))
  // The library comes newest first, a chat in its order.
  const ordered = request.isLibrary ? videos.toReversed() : videos
  const video = resolveTarget(request.target, ordered)
  if (!video) return say(request, noSuchVideo(videos))
  const { fileId } = video
  if (act === 'cancel') return { say: '', calls: [call('cancelVideo', { fileId })] }
  if (act === 'show') return { say: '', calls: [call('showVideo', { fileId })] }
  if (video.kind === 'image' && request.wantsVideo && act !== 'vary')
    return beginWith(request, [fileId])
  const length = lengthOfVersion(video, request)
  if (length > promptMaxLength) return say(request, tooLong(length))
  const key = act === 'vary' ? 'director.varying' : 'director.changing'
  return {
    ...say(request, message(key, { video: nameOf(video) })),
    calls: times(request.count, versionCall(video, request)),
  }
}

function noSuchVideo({ length: count }: VideoBrief[]) {
  return message('director.noSuchVideo', { count })
}

/** A new version of the video that is meant, or of the last one with this image; where there is none, a new video. */
function versionWithImage(request: Understood, videos: VideoBrief[]): Step {
  const { act, target, image, images, count } = request
  const isSame = image?.kind === 'same'
  const begunWith = videos.findLast((one) => one.image && (isSame || images.includes(one.image)))
  const isPointed = target !== undefined && target.kind !== 'last'
  const video = isPointed ? resolveTarget(target, videos) : begunWith
  if (isPointed && !video) return say(request, noSuchVideo(videos))
  const chosen = isSame && begunWith?.image ? [begunWith.image] : images
  if (act === 'make' || !video || chosen.length === 0) return beginWith(request, chosen)
  const length = lengthOfVersion(video, request)
  if (length > promptMaxLength) return say(request, tooLong(length))
  const input = { ...versionOf(video, request, 'video'), image: chosen[0]! }
  return {
    ...say(request, message('director.changing', { video: nameOf(video) })),
    calls: times(count, call('generateVideo', input)),
  }
}

/** How long the prompt would be with the change in it. A part of it would make another video. */
function lengthOfVersion({ prompt }: VideoBrief, { scene }: Understood) {
  return scene ? lengthOf(`${prompt}, ${scene}`) : 0
}

function tooLong(length: number) {
  const max = promptMaxLength
  return message('director.tooLong', { length, over: length - max, max })
}

function versionCall(video: VideoBrief, request: Understood) {
  const kind = video.kind ?? 'video'
  const input = versionOf(video, request, kind)
  if (kind === 'video') return call('generateVideo', input)
  const { seconds: _seconds, length: _length, resolution: _resolution, ...ofImage } = input
  return call('generateImage', ofImage)
}

function versionOf(
  video: VideoBrief,
  request: DirectorRequest,
  kind: MediaType,
): GenerateVideoInput {
  const { settings, scene } = request
  const { ratio, resolution, length } = settings
  return {
    prompt: newPrompt(video.prompt, scene),
    fromFileId: video.fileId,
    ...(ratio && { aspectRatio: ratio }),
    ...(settings.seconds && { seconds: within(settings.seconds) }),
    ...(length && !settings.seconds && { length }),
    ...(resolution && { resolution }),
    ...modelFor(kind, request),
  }
}

/** The model that was named. One that makes nothing of the kind is named, too: the start refuses it, and says why. */
function modelFor(kind: MediaType, { settings: { model } }: Pick<DirectorRequest, 'settings'>) {
  const id = model && (model[kind] ?? model.video ?? model.image)
  return id ? { model: id } : {}
}

function report(answers: ToolAnswer[]): Sentence[] {
  const failed = answers.find(({ kind }) => kind === 'error')
  if (failed) return [failure(failed)]
  const made = answers.filter(({ kind }) => kind === 'value')
  if (made.length === 0) return [message('director.denied')]
  const [{ toolName, value }] = made as [ToolAnswer]
  const video = value as GenerateVideoOutput
  if (toolName === 'cancelVideo') return [message('director.canceling', { video: nameOf(video) })]
  if (toolName === 'showVideo') return [shown(video)]
  return made.length > 1 ? startedMany(made.length, video) : started(video)
}

/** What a tool could not do; its reason is in the language of the user's words already. */
function failure({ value }: ToolAnswer) {
  return message('director.failed', { reason: String(value) })
}

function say({ language }: DirectorRequest, ...sentences: Sentence[]): Step {
  return { say: inWords(language, ...sentences), calls: [] }
}

/** Asks the one question there is; `isAgain` where what the user said was no request. */
function ask(request: DirectorRequest, question: Question, isAgain = false): Step {
  const key = isAgain ? 'director.askAgain' : (`director.${question}` as const)
  return { ...say(request, message(key)), question }
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
