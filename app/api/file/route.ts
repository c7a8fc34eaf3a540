import { AppError } from '#lib/errors'
import { fileViewOf } from '#lib/generations/view'
import { listGenerations } from '#lib/generations/queries'
import { deleteFinished } from '#lib/generations/commands/delete'
import { withSession } from '#lib/http/with-session'

const limitDefault = 24
const limitMax = 100

/** The user's videos, newest first, a page at a time; `?status=pending` only those that are not finished. */
export const GET = withSession(async (request, { userId }) => {
  const { searchParams } = new URL(request.url)
  const status = searchParams.get('status') ?? undefined
  if (status !== undefined && status !== 'pending')
    throw new AppError('invalid_input', {
      userMessage: 'status: Choose one of: pending. Leave it out for all.',
      fields: [{ field: 'status', message: 'Choose one of: pending. Leave it out for all.' }],
    })
  const cursor = searchParams.get('cursor') ?? undefined
  const limit = Math.min(Number(searchParams.get('limit')) || limitDefault, limitMax)
  const page = await listGenerations({
    ownerId: userId,
    status,
    cursor,
    limit: Math.max(1, Math.trunc(limit)),
  })
  const answer = { files: page.rows.map(fileViewOf), nextCursor: page.nextCursor }
  return Response.json(answer, { headers: { 'cache-control': 'private, no-store' } })
})

/** Deletes every finished video of the user. Unfinished ones stay. */
export const DELETE = withSession(async (_request, { userId }) => {
  return Response.json({ deleted: await deleteFinished(userId) })
})
