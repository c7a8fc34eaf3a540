import { imageMaxBytes } from '#lib/contract/generation-inputs'
import { storeImage } from '#lib/assets/upload'
import { readBytes } from '#lib/http/read-body'
import { withAccount } from '#lib/http/with-session'

/** Keeps a picture to start videos from: the raw bytes of a PNG, JPEG or WebP, at most 10 MB. */
export const POST = withAccount(async (request, { userId }) => {
  const image = await storeImage(userId, await readBytes(request, imageMaxBytes))
  return Response.json(image, { status: 201, headers: { location: image.url } })
})
