import { bodyOf } from '#lib/http/read-body'
import { receiveImage } from '#lib/http/upload/receive-image'

/** The front door answers this itself; here it is for servers without one. */
export const POST = (request: Request) =>
  receiveImage(request, { body: bodyOf(request), address: 'behind Next' })
