import { z } from 'zod'
import { type HttpCall, openCall, readJson, requestJson } from '../http-call.ts'
import { notUnderstood } from '../failures.ts'
import type { ProviderContext } from '../provider.ts'
import { type GooglePurpose, refusalOf } from './google-error.ts'
import { type IsVideo, readPastVideo, writeInlineVideo } from './inline-video.ts'

/** A call to an API of Google's: where it goes, and with which headers. */
export interface GoogleCall extends Omit<HttpCall, 'isSubmit'> {
  /** The provider's name as users read it. */
  label: string
  url: string
  /** Default: a look. */
  purpose?: GooglePurpose
}

const answerSchema = z.record(z.string(), z.unknown())

/** The JSON object that a call is answered with. Throws `ProviderError` for a refusal, and for other answers. */
export async function callGoogle(call: GoogleCall, context: ProviderContext) {
  const { label, url, purpose = 'look', ...rest } = call
  const isSubmit = purpose === 'submit'
  const answer = await requestJson(label, url, { ...rest, isSubmit }, context)
  if (answer.status < 200 || answer.status > 299) throw refusalOf(label, answer, purpose)
  return objectOf(label, answer.body, answer.excerpt, isSubmit)
}

/** The answer of a look, with `videoMark` for a video inside it; not read on once `isEnough` is true of what has come. */
export function lookPastVideo(
  call: GoogleCall,
  isVideo: IsVideo,
  isEnough: (answer: Record<string, unknown>) => boolean,
  context: ProviderContext,
) {
  const { label } = call
  return stream(call, context, (answer) =>
    readPastVideo(label, answer, isVideo, (soFar) => isEnough(objectOf(label, soFar, ''))),
  )
}

/** The same answer read to its end, and the video inside it written to a file. */
export function fetchVideo(
  call: GoogleCall,
  isVideo: IsVideo,
  path: string,
  context: ProviderContext,
) {
  return stream(call, context, (answer) => writeInlineVideo(call.label, answer, isVideo, path))
}

function stream(
  { label, url, purpose = 'look', ...call }: GoogleCall,
  context: ProviderContext,
  read: (answer: Parameters<typeof readJson>[0]) => Promise<unknown>,
) {
  return openCall(label, url, call, context, async (answer) => {
    if (answer.status < 200 || answer.status > 299)
      throw refusalOf(label, await readJson(answer, context.now()), purpose)
    return objectOf(label, await read(answer), 'no object')
  })
}

function objectOf(label: string, answer: unknown, said: string, isSubmit = false) {
  const object = answerSchema.safeParse(answer)
  if (!object.success) throw notUnderstood(label, said, isSubmit)
  return object.data
}
