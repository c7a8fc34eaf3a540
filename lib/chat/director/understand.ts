import { parseRequest } from './parse-request.ts'
import { phrases } from './phrases.ts'
import type { DirectorRequest } from './request.ts'
import { resolveImages } from './resolve-images.ts'
import type { Situation } from './situation.ts'

/** A request, and the ids of the images it is about. */
export interface Understood extends DirectorRequest {
  images: string[]
}

type Question = 'askScene' | 'askMotion' | 'askImage'

/** What a user wants in this situation: with what was said before, where this answers a question, and with images. */
export function understand(situation: Situation): Understood {
  const { text, images: attached, earlier } = situation
  const answered = asAnswer(parseRequest(text), situation)
  const request = attached.length > 0 ? withAttached(answered, text) : answered
  const images = resolveImages(request.image, attached, earlier).map(({ id }) => id)
  return { ...request, images }
}

/** The request, with what the user has said before where this is the answer to a question of ours. */
function asAnswer(request: DirectorRequest, { text, before, images }: Situation): DirectorRequest {
  const question = before && questionIn(before.answer)
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

function questionIn(answer: string): Question | undefined {
  const questions: Question[] = ['askScene', 'askMotion', 'askImage']
  return questions.find((question) =>
    Object.values(phrases).some((speech) => answer.endsWith(speech[question])),
  )
}

/** A message with an image is about the image, unless it says that it is about something else. */
function withAttached(request: DirectorRequest, text: string): DirectorRequest {
  const { act, target, scene, isWish } = request
  const image = request.image ?? { kind: 'this' as const }
  if (act === 'greet' || act === 'thank') return { ...request, image, act: 'unclear' }
  if (act === 'change' || act === 'vary')
    // "It" is the image; a number or a description is a video.
    return !target || target.kind === 'last'
      ? { ...request, image, act: 'make' }
      : { ...request, image }
  if (act !== 'unclear') return { ...request, image }
  const isMake = !text.endsWith('?') && (isWish || /\p{L}{2}/u.test(scene))
  return { ...request, image, act: isMake ? 'make' : 'unclear' }
}
