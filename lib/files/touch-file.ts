import { and, eq, inArray, notInArray, or } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { finalStates } from './file-states.ts'
import { mayStillSucceed } from './lease.ts'

/**
 * Makes a file's next step due now: a hint came for the attempt of a token. No visible change, so the version stays;
 * a step in hand sees the date when it is done. Answers the state, or undefined where that attempt is not the one in
 * hand any more, or nothing is left to look for.
 *
 * @param options.orGivenUp also where the attempt was given up, and nothing submitted since is under way.
 */
export async function touchFile(
  fileId: string,
  token: string,
  now: Date,
  options: { orGivenUp?: boolean } = {},
) {
  const mayMove = or(notInArray(file.state, [...finalStates]), mayStillSucceed)
  const isMeant = or(
    eq(file.token, token),
    options.orGivenUp ? inArray(file.state, ['queued', 'failed']) : undefined,
  )
  const [touched] = await database()
    .update(file)
    .set({ runAt: now })
    .where(and(eq(file.id, fileId), isMeant, mayMove))
    .returning({ state: file.state })
  return touched?.state
}
