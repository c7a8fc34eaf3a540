import { withAccount } from '#lib/http/with-session'

/** Gives a session to a client that has none, before its first write: what is paid for belongs to an owner who is known. */
export const POST = withAccount(async () => new Response(null, { status: 204 }))
