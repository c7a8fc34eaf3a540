import type { VideoBrief } from '#lib/contract/chat-tools'
import { parseRequest } from './parse-request.ts'
import type { DirectorRequest, ImageTarget, Target } from './request.ts'
import type { Situation, ToldImage } from './situation.ts'

/** A request, and the ids of the images it is about. */
export interface Understood extends DirectorRequest {
  images: string[]
}

/** What a user wants in this situation: with what was said before, where this answers a question, and with images. */
export function understand(situation: Situation): Understood {
  const { text, language, images: attached, earlier, made } = situation
  const answered = asAnswer(parseRequest(text), situation)
  const request = attached.length > 0 ? withAttached(answered, text) : answered
  const told = resolveImages(request.image, attached, earlier).map(({ id }) => id)
  // One that was made here is meant where none was attached.
  const isHere = request.image !== undefined && request.image.kind !== 'number' && told.length === 0
  return { ...request, language, images: isHere ? made.slice(-1) : told }
}

/** The request, with what the user has said before where this is the answer to a question of ours. */
function asAnswer(request: DirectorRequest, { text, before, images }: Situation): DirectorRequest {
  const question = before?.question
  if (!question || (request.act !== 'make' && request.act !== 'unclear')) return request
  const hasWords = /\p{L}{2}/u.test(text)
  if (!hasWords && (question !== 'askImage' || images.length === 0)) return request
  const first = parseRequest(before.text)
  const [shown] = before.images
  const isMotion = question === 'askMotion' && images.length === 0 && shown
  return {
    ...request,
    act: 'make',
    scene: request.scene || (question === 'askImage' ? first.scene : text.trim()),
    settings: { ...first.settings, ...request.settings },
    count: Math.max(first.count, request.count),
    image: request.image ?? (isMotion ? { kind: 'number', number: shown.number } : undefined),
  }
}

/** A message with an image is about the image, unless it says that it is about something else. */
function withAttached(request: DirectorRequest, text: string): DirectorRequest {
  const { act, target, scene, wantsVideo } = request
  const image = request.image ?? { kind: 'this' as const }
  if (act === 'greet' || act === 'thank') return { ...request, image, act: 'unclear' }
  if (act === 'change' || act === 'vary')
    // "It" is the image; a number or a description is a video.
    return !target || target.kind === 'last'
      ? { ...request, image, act: 'make' }
      : { ...request, image }
  if (act !== 'unclear') return { ...request, image }
  const isMake = !text.endsWith('?') && (wantsVideo || /\p{L}{2}/u.test(scene))
  return { ...request, image, act: isMake ? 'make' : 'unclear' }
}

/**
 * The images that are meant, out of those of the message itself and those before it (oldest first). Where several
 * could be, one is enough: a video begins with one, and costs money.
 */
function resolveImages(
  target: ImageTarget | undefined,
  attached: readonly ToldImage[],
  earlier: readonly ToldImage[],
): ToldImage[] {
  const [first] = attached
  const last = earlier.at(-1)
  switch (target?.kind) {
    case 'number': {
      const here = attached.length > 1 ? attached[target.number - 1] : undefined
      return one(here ?? [...earlier, ...attached].find(({ number }) => number === target.number))
    }
    case 'earlier':
      return one(last ?? first)
    case 'all':
      return first ? [...attached] : one(last)
    case 'this':
    case 'same':
      return one(first ?? last)
    default:
      return one(first)
  }
}

function one(image: ToldImage | undefined) {
  return image ? [image] : []
}

// Enough of a word to know it again in another case: "кота" and "кот", "cats" and "cat".
const stemLength = 4

/** The video that is meant, out of those there are (oldest first); without a pointer the last one. */
export function resolveTarget(
  target: Target | undefined,
  videos: VideoBrief[],
): VideoBrief | undefined {
  switch (target?.kind) {
    case 'number':
      return videos.find(({ number }) => number === target.number)
    case 'previous':
      return videos.at(-2)
    case 'words':
      return described(target.words, videos)
    default:
      return videos.at(-1)
  }
}

function described(words: string[], videos: VideoBrief[]) {
  const stems = words.map((word) => word.toLowerCase().slice(0, stemLength))
  const score = ({ prompt }: VideoBrief) =>
    stems.filter((stem) => prompt.toLowerCase().includes(stem)).length
  const best = videos.reduce<VideoBrief | undefined>(
    (best, video) => (best && score(best) > score(video) ? best : video),
    undefined,
  )
  return best && score(best) > 0 ? best : undefined
}
