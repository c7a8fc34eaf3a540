import { unlockShared } from '#lib/http/share/shared'

interface Context {
  params: Promise<{ token: string }>
}

export async function POST(request: Request, { params }: Context) {
  return unlockShared(request, (await params).token)
}
