import { batchMaxBytes } from '#lib/contract/library/batch'
import { estimateBatch } from '#lib/generations/batches/start-batch'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

/** What a batch would cost, row by row and together. Nothing is started. */
export const POST = withSession(async (request, session) =>
  Response.json(await estimateBatch(await readJson(request, batchMaxBytes), session)),
)
