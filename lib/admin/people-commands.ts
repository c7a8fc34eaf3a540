import { makeSetupLink } from '../people/accounts/first-owner.ts'
import { accountEmail } from '../people/accounts/create-account.ts'
import { addPerson, personWithEmail } from '../people/accounts/people.ts'
import { makeResetLink } from '../people/accounts/reset-password.ts'

export interface Command {
  /** The words that call it. */
  name: string
  /** What comes behind them. */
  takes: string
  /** Does it; answers the lines to print, or undefined where the words behind it make no sense. */
  run(words: string[]): Promise<string[]> | undefined
}

/** The links are the last lines: a script takes them from there. */
export const peopleCommands: Command[] = [
  {
    name: 'setup-link',
    takes: '',
    run: (words) => (words.length === 0 ? setupLink() : undefined),
  },
  {
    name: 'create-user',
    takes: '<email> [--admin]',
    run: ([email, flag, ...more]) =>
      email && (flag === undefined || flag === '--admin') && more.length === 0
        ? createUser(email, flag === '--admin' ? 'admin' : 'user')
        : undefined,
  },
  {
    name: 'reset-link',
    takes: '<email>',
    run: ([email, ...more]) => (email && more.length === 0 ? resetLink(email) : undefined),
  },
]

async function setupLink() {
  const link = await makeSetupLink()
  if (!link)
    throw new Error('This installation has an owner. For a new password: reset-link <email>')
  return ['Who opens this link within an hour becomes the owner:', link]
}

async function createUser(email: string, role: 'admin' | 'user') {
  const [name = ''] = email.trim().split('@')
  const id = await addPerson('owner', { name, email }, role)
  return ['Made. This link sets the password, once, within an hour:', await makeResetLink(id)]
}

async function resetLink(given: string) {
  const id = await personWithEmail(accountEmail(given))
  return ['This link sets a new password, once, within an hour:', await makeResetLink(id)]
}
