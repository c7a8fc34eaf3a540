import { streamEvents } from '#lib/http/streams/stream-events'

interface Context {
  params: Promise<{ channels: string }>
}

export async function GET(request: Request, { params }: Context) {
  return streamEvents(request, decodeURIComponent((await params).channels))
}
