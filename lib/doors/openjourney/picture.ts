import { imageMaxBytes } from '#lib/contract/generation-inputs'
import type { Caller } from '#lib/contract/people/caller'
import { isBase64, withoutSpace } from '#lib/contract/text/base64'
import { type MessageRef, message } from '#lib/messages/message'
import { DownloadError } from '../../assets/fetch/download-error.ts'
import { downloadPicture } from '../../assets/fetch/download-picture.ts'
import { storeImage } from '../../assets/upload.ts'
import { AppError, invalidField } from '../../errors.ts'
import { uploadsInFlight } from '../../http/upload/in-flight.ts'

/** How long a picture's server has, all in all: the client is told its task at once, or soon. */
const patienceMs = 10_000

const dataUrl = /^data:image\/[\w.+-]{1,40};base64,/

/**
 * Keeps the picture of an order, base64 or the address of one, as the caller's own; the same bytes twice are one picture.
 * Answers its id. Throws `invalid_input` where it is no picture, or is not to be had.
 */
export async function keepPicture({ ownerId }: Pick<Caller, 'ownerId'>, image: string) {
  const bytes = /^https?:\/\//i.test(image) ? download(image) : decode(image)
  const places = ['all', `owner ${ownerId}`] as const
  const keep = () => storeImage(ownerId, bytes)
  const { id } = await uploadsInFlight()
    .hold([...places], keep)
    .catch((error: unknown) => {
      throw error instanceof DownloadError ? unavailable(error) : error
    })
  return id
}

function decode(text: string) {
  const encoded = withoutSpace(text.trimStart().replace(dataUrl, ''))
  if (encoded === '' || !isBase64(encoded))
    throw invalidField('image', message('openjourney.image'))
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.byteLength > imageMaxBytes) throw tooLarge()
  return bytes
}

/** A link is a stranger's: opened by https only, at public addresses only. */
function download(url: string) {
  const signal = AbortSignal.timeout(patienceMs)
  return downloadPicture({ url, maxBytes: imageMaxBytes, isLoopbackAllowed: false, signal })
}

function unavailable(error: DownloadError) {
  if (error.code === 'too_large') return tooLarge()
  const isBlocked = error.code === 'blocked_address'
  return refused(message(isBlocked ? 'openjourney.imageBlocked' : 'openjourney.imageGone'), error)
}

function tooLarge() {
  return invalidField('image', message('openjourney.imageTooLarge'))
}

function refused(says: MessageRef, cause: DownloadError) {
  return new AppError('invalid_input', {
    userMessage: message('request.fault', { field: 'image', says }),
    logMessage: cause.message,
    fields: [{ field: 'image', message: says }],
    cause,
  })
}
