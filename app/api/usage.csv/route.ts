import { withSession } from '#lib/http/with-session'
import { usageCsv } from '#lib/reporting/usage-csv'

/** Every video's charge of the active owner, newest first, as a file for spreadsheets. */
export const GET = withSession(
  async (_request, { ownerId }) =>
    new Response(usageCsv(ownerId), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="usage.csv"',
        'cache-control': 'private, no-store',
      },
    }),
)
