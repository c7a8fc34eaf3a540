import { bodyOf } from '#lib/http/read-body'
import { receiveImport } from '#lib/http/upload/receive-import'

/** The front door answers this itself; here it is for servers without one. */
export const POST = (request: Request) =>
  receiveImport(request, { body: bodyOf(request), address: 'behind Next' })
