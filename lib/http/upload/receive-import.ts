import { filmMaxBytes } from '#lib/contract/library/library'
import { plainName } from '#lib/contract/text/plain-text'
import { magicBytes } from '../../assets/inspect/assert-film.ts'
import { imageMagicBytes } from '../../assets/inspect/image-header.ts'
import { assertImportable, importMaxBytes, importMedia } from '../../library/import.ts'
import { callerByKey } from '../front-door/key-scopes.ts'
import { assertOwnPage } from '../own-page.ts'
import { problemResponse } from '../problem-response.ts'
import { type Body, assertAnnounced, bounded } from '../read-body.ts'
import type { RequestHead } from '../request-guards.ts'
import { withAccount } from '../with-session.ts'
import { beginningOf } from './beginning.ts'
import { uploadsInFlight } from './in-flight.ts'
import type { Upload } from './receive-image.ts'

const headBytes = Math.max(magicBytes, imageMagicBytes)
const nameAtMost = 200

/**
 * `POST /api/library/import?name=`: keeps a film or a picture in the library, the raw bytes of it: an MP4, MOV, WebM,
 * Matroska or MPEG-TS film of at most 2 GB, or a PNG, JPEG or WebP picture of at most 10 MB. They go to the disk as they
 * come, and are never held in memory.
 */
export async function receiveImport(
  request: RequestHead,
  { body, address }: Upload,
): Promise<Response> {
  try {
    if (!(await callerByKey(request))) assertOwnPage(request)
    assertAnnounced(request, filmMaxBytes)
    return await uploadsInFlight().hold(['all', `address ${address}`], async () => {
      const { head, whole } = await beginningOf(bounded(body, filmMaxBytes), headBytes)
      assertImportable(head)
      return await keepMedia(request, { head, body: whole, whose: `address ${address}` })
    })
  } catch (error) {
    return problemResponse(error, request)
  }
}

interface Begun {
  head: Uint8Array
  body: Body
  whose: string
}

const keepMedia = withAccount(
  async (request: RequestHead, { ownerId }, { head, body, whose }: Begun) => {
    const brought = { body: bounded(body, importMaxBytes(head)), whose, name: nameOf(request) }
    const keep = () => importMedia(ownerId, head, brought)
    const upload = await uploadsInFlight().hold([`owner ${ownerId}`], keep)
    return Response.json(upload, { status: 201, headers: { location: upload.url } })
  },
)

/** A file's name as its sender gives it: the last part of a path, without what cannot be seen. */
function nameOf({ url }: RequestHead) {
  const said = new URL(url).searchParams.get('name') ?? ''
  const name = plainName(said.split(/[\\/]/).at(-1)!)
  return name.slice(0, nameAtMost).trim() || null
}
