import { sendZip } from '#lib/http/media/send-zip'

/** The front door answers this itself; here it is for servers without one. */
export const POST = (request: Request) => sendZip(request, request.body)
