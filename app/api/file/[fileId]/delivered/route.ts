import { message } from '#lib/messages/message'
import { deliveryReportSchema } from '#lib/contract/delivery-report'
import { invalidField } from '#lib/errors'
import { findOwned } from '#lib/generations/queries'
import { markDelivered } from '#lib/generations/commands/check-now'
import { notFound } from '#lib/http/problem-response'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string }>
}

/** The browser says which channel's news it rendered. The first report stays. */
export const POST = withSession(async (request, { ownerId }, { params }: Context) => {
  const { fileId } = await params
  if (!(await findOwned(ownerId, fileId))) throw notFound()
  const report = deliveryReportSchema.safeParse(await readJson(request))
  if (!report.success)
    throw invalidField('by', message('request.chooseOf', { options: 'sse, poll, check' }))
  await markDelivered(ownerId, fileId, report.data.by)
  return new Response(null, { status: 204 })
})
