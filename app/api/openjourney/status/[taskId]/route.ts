import { preflight } from '#lib/doors/openjourney/answers'
import { status } from '#lib/doors/openjourney/status'

interface Context {
  params: Promise<{ taskId: string }>
}

export async function GET(request: Request, { params }: Context) {
  return status(request, (await params).taskId)
}

export const OPTIONS = preflight
