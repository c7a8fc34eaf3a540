import { message } from '#lib/messages/message'
import { inTransaction } from '../../db/client.ts'
import { env } from '../../env.ts'
import { AppError } from '../../errors.ts'
import { createAccount, hashedPassword, namedAccount, newUserId } from './create-account.ts'
import {
  assertGivesAccount,
  joinOrganization,
  readInvitation,
  takeForNewAccount,
} from './invitations.ts'

export interface SignUp {
  name: unknown
  email: unknown
  password: unknown
  /** The token of an invitation. */
  invitation?: string | undefined
}

/**
 * Makes an account for one who signs up, where `SIGN_UP` lets it or an invitation does; answers its e-mail address. The
 * role is the invitation's, whatever the body says. Whether an address has an account is told only to one who may make one.
 */
export async function signUp({ name, email, password, invitation }: SignUp): Promise<string> {
  await assertMaySignUp(invitation)
  const named = namedAccount({ name, email })
  const passwordHash = await hashedPassword(password)
  await inTransaction(async (tx) => {
    const id = newUserId()
    const taken = invitation ? await takeForNewAccount(tx, invitation, id) : undefined
    await createAccount(tx, { ...named, passwordHash }, taken?.role ?? 'user', id)
    if (taken) await joinOrganization(tx, taken, id)
  })
  return named.email
}

/** Throws where an account may not be made: with this invitation, or without one. */
export async function assertMaySignUp(invitation: string | undefined) {
  const { SIGN_UP } = env()
  if (invitation) assertGivesAccount(await readInvitation(invitation))
  else if (SIGN_UP !== 'open')
    throw new AppError('sign_up_closed', {
      userMessage: message(SIGN_UP === 'off' ? 'people.signUpOff' : 'people.signUpClosed'),
    })
}
