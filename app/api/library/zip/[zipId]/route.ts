import { sendLinkedZip } from '#lib/http/media/send-zip'

interface Context {
  params: Promise<{ zipId: string }>
}

/** The front door answers this itself; here it is for servers without one. */
export const GET = async (request: Request, { params }: Context) =>
  sendLinkedZip(request, (await params).zipId)
