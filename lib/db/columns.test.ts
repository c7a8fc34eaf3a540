import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { database } from './client.ts'
import { providerCooldown } from './provider-schema.ts'

withTestDatabase()

test.for(['42', 'true', 'null', '"quoted"', '{"code":"fake"}', '[1]', 'No JSON.', ''])(
  'the sentence %j is read as it was written',
  async (reason) => {
    const provider = `provider that says ${reason}`
    const now = new Date()
    await database()
      .insert(providerCooldown)
      .values({ provider, reason, errorCode: 'rate_limited', until: now, createdAt: now })
    const [row] = await database()
      .select()
      .from(providerCooldown)
      .where(eq(providerCooldown.provider, provider))
    expect(row!.reason).toBe(reason)
  },
)
