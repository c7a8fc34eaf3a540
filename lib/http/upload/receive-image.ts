import { imageMaxBytes } from '#lib/contract/generation-inputs'
import { imageMagicBytes } from '../../assets/inspect/image-header.ts'
import { assertImage } from '../../assets/inspect/inspect-image.ts'
import { storeImage } from '../../assets/upload.ts'
import { problemResponse } from '../problem-response.ts'
import { type Body, assertAnnounced, bounded } from '../read-body.ts'
import type { RequestHead } from '../request-guards.ts'
import { callerByKey } from '../front-door/key-scopes.ts'
import { assertOwnPage } from '../own-page.ts'
import { withAccount } from '../with-session.ts'
import { beginningOf } from './beginning.ts'
import { uploadsInFlight } from './in-flight.ts'

export interface Upload {
  body: Body
  /** Whom the upload counts for besides its owner. */
  address: string
}

/**
 * `POST /api/image`: keeps a picture to start videos from, the raw bytes of a PNG, JPEG or WebP, at most 10 MB. Its first
 * bytes are judged before anything else happens; the rest goes to the disk as it comes, and is never held in memory.
 */
export async function receiveImage(
  request: RequestHead,
  { body, address }: Upload,
): Promise<Response> {
  try {
    if (!(await callerByKey(request))) assertOwnPage(request)
    assertAnnounced(request, imageMaxBytes)
    return await uploadsInFlight().hold(['all', `address ${address}`], async () => {
      const { head, whole } = await beginningOf(bounded(body, imageMaxBytes), imageMagicBytes)
      assertImage(head)
      return await keepImage(request, whole, `address ${address}`)
    })
  } catch (error) {
    return problemResponse(error, request)
  }
}

/** An address takes turns with others, whatever the number of its accounts. */
const keepImage = withAccount(
  async (request: RequestHead, { ownerId }, bytes: Body, whose: string) => {
    const keep = () => storeImage(ownerId, bytes, undefined, whose)
    const image = await uploadsInFlight().hold([`owner ${ownerId}`], keep)
    return Response.json(image, { status: 201, headers: { location: image.url } })
  },
)
