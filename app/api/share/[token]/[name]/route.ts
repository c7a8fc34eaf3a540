import { serveShared } from '#lib/http/share/shared'

interface Context {
  params: Promise<{ token: string; name: string }>
}

export async function GET(request: Request, { params }: Context) {
  const { token, name } = await params
  return serveShared(request, token, name)
}

export const HEAD = GET
