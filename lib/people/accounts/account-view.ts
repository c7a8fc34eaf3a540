import { and, eq, sql } from 'drizzle-orm'
import type { AccountUser, AccountView } from '#lib/contract/people/account'
import type { Caller } from '#lib/contract/people/caller'
import { account, passkey, user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { env } from '../../env.ts'
import { hasPasskeys } from '../studio-address.ts'
import { organizationsOf } from '../organizations/organizations.ts'
import { hasOwner } from './first-owner.ts'
import { canMail } from './mail.ts'
import { oidcId, oidcProvider } from './oidc.ts'

/** Who one is, and what is possible here; all but what money and the models say. */
export async function accountView(
  caller: Caller,
): Promise<Omit<AccountView, 'access' | 'billing' | 'balance' | 'warnings'>> {
  const isKnown = !caller.isVisitor && caller.userId !== ''
  const [found, organizations, owner] = await Promise.all([
    isKnown ? accountUser(caller) : null,
    isKnown ? organizationsOf(caller.userId) : [],
    hasOwner(),
  ])
  const within = organizations.find(({ id }) => id === caller.ownerId)
  return {
    user: found,
    signUp: env().SIGN_UP,
    ways: { password: true, passkey: hasPasskeys(), oidc: oidcProvider() },
    needsSetup: !owner,
    canMailReset: canMail(),
    active: within
      ? { kind: 'organization', id: within.id, name: within.name }
      : { kind: 'user', id: found?.id ?? null, name: found?.name ?? '' },
    organizations,
  }
}

function hasWay(provider: string) {
  const isIt = and(eq(account.userId, user.id), eq(account.providerId, provider))
  return sql<boolean>`exists (select from ${account} where ${isIt})`
}

async function accountUser({ userId, role }: Caller): Promise<AccountUser | null> {
  const [found] = await database()
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      twoFactorEnabled: sql<boolean>`coalesce(${user.twoFactorEnabled}, false)`,
      hasPassword: hasWay('credential'),
      hasOidc: hasWay(oidcId),
      passkeys: sql<number>`(select count(*)::int from ${passkey} where ${eq(passkey.userId, user.id)})`,
    })
    .from(user)
    .where(eq(user.id, userId))
  return found ? { ...found, role } : null
}
