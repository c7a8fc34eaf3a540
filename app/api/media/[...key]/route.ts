import { serveMedia } from '#lib/http/media/serve-media'

interface Context {
  params: Promise<{ key: string[] }>
}

export async function GET(request: Request, { params }: Context) {
  const [fileId = '', ...name] = (await params).key
  return serveMedia(request, fileId, name.join('/'))
}

export const HEAD = GET
