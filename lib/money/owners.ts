import { eq, or, sql } from 'drizzle-orm'
import { message } from '#lib/messages/message'
import { organization, user } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { AppError } from '../errors.ts'

export interface Owner {
  id: string
  name: string
}

/**
 * The owner that an admin means: a user by id or email address, an organization by id, slug or the name that only it
 * has. What is an address names an account alone: anyone may name an organization so. Throws where there is none.
 */
export async function ownerNamed(text: string): Promise<Owner> {
  const [found] = await database()
    .select({ id: user.id, name: user.email })
    .from(user)
    .where(or(eq(user.id, text), eq(user.email, text.toLowerCase())))
    .limit(1)
  const owner = found ?? (text.includes('@') ? undefined : await organizationNamed(text))
  if (owner) return owner
  throw new AppError('not_found', { userMessage: message('money.noSuchOwner') })
}

async function organizationNamed(text: string): Promise<Owner | undefined> {
  const { id, name, slug } = organization
  const exact = sql`${id} = ${text} or ${slug} = ${text}`
  const rows = await database()
    .select({ id, name })
    .from(organization)
    .where(or(exact, eq(name, text)))
    .orderBy(sql`${exact} desc`)
    .limit(2)
  const isOne = rows.length === 1 || rows[0]?.id === text
  return isOne ? rows[0] : undefined
}
