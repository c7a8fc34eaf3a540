import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { oneTimeLink } from '#lib/db/people-schema'
import { rateLimit, session, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { useDataFolder } from '#lib/http/test-visitor'
import { makeSetupLink } from '#lib/people/accounts/first-owner'
import { aBrowser } from '../../../tests/support/people/a-browser.ts'
import { codeOf, password } from '../../../tests/support/people/people.ts'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { POST } from './route.ts'

useDataFolder()
withTestDatabase(manyConnections)
beforeEach(async () => {
  await database().delete(user)
  await database().delete(oneTimeLink)
  await database().delete(rateLimit)
})

const tokenOf = (link: string | undefined) => new URL(link!).searchParams.get('token')!
const aToken = async () => tokenOf(await makeSetupLink())
const owner = { name: 'Anna', email: 'Anna@Example.com', password }

const setUp = (body: object, browser = aBrowser()) =>
  browser.send(POST, 'POST', '/api/setup', { body })
const people = () => database().select().from(user)

describe('the first owner', () => {
  test('is made by the link, and signed in', async () => {
    const browser = aBrowser()
    const answer = await setUp({ ...owner, token: await aToken() }, browser)
    expect(answer.status).toBe(200)
    expect([...browser.jar.keys()].some((name) => name.endsWith('.session_token'))).toBe(true)
    expect(await people()).toMatchObject([{ email: 'anna@example.com', role: 'owner' }])
    expect(await makeSetupLink()).toBeUndefined()
  })

  test('attack: of twenty at once with one link, one wins', { tags: 'long' }, async () => {
    const token = await aToken()
    const all = Array.from({ length: 20 }, (_, index) =>
      setUp({ ...owner, email: `a${index}@example.com`, token }, aBrowser(`203.0.113.${index}`)),
    )
    const statuses = (await Promise.all(all)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 404)).toHaveLength(19)
    expect(await people()).toHaveLength(1)
  })

  test('attack: of two at once with two links, one wins', async () => {
    const tokens = [await aToken(), await aToken()]
    const answers = await Promise.all(
      tokens.map((token, index) => setUp({ ...owner, email: `a${index}@example.com`, token })),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
    expect(await people()).toHaveLength(1)
  })

  test('attack: a link that is used, old, made up, or for something else', async () => {
    const used = await aToken()
    const old = await aToken()
    const reset = await aToken()
    await setUp({ ...owner, token: used })
    await database().delete(user)
    const { hashOf } = await import('#lib/people/accounts/one-time-links')
    const past = new Date(Date.now() - 1)
    await database()
      .update(oneTimeLink)
      .set({ expiresAt: past })
      .where(eq(oneTimeLink.tokenHash, hashOf(old)))
    await database()
      .update(oneTimeLink)
      .set({ purpose: 'reset' })
      .where(eq(oneTimeLink.tokenHash, hashOf(reset)))
    for (const token of [used, old, reset, '', 'x'.repeat(43)]) {
      const answer = await setUp({ ...owner, token })
      expect([answer.status, await codeOf(answer)]).toEqual([404, 'link_invalid'])
    }
    expect(await people()).toEqual([])
  })

  test('attack: an owner cannot be made again, also with a link from before', async () => {
    const [first, second] = [await aToken(), await aToken()]
    await setUp({ ...owner, token: first })
    const answer = await setUp({ ...owner, email: 'eve@example.com', token: second })
    expect(await codeOf(answer)).toBe('link_invalid')
    expect(await people()).toHaveLength(1)
  })

  test('what is wrong with the input uses no link up', async () => {
    const token = await aToken()
    for (const wrong of [{ password: 'short' }, { email: 'no address' }, { name: ' ' }]) {
      const answer = await setUp({ ...owner, ...wrong, token })
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid_input'])
    }
    expect((await setUp({ ...owner, token })).status).toBe(200)
  })

  test('the token is kept as a hash alone', async () => {
    const token = await aToken()
    const kept = JSON.stringify(await database().select().from(oneTimeLink))
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(kept).not.toContain(token)
  })

  test('attack: from a page of another site', async () => {
    const token = await aToken()
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const answer = await aBrowser().send(POST, 'POST', '/api/setup', {
      body: { ...owner, token },
      headers,
    })
    expect(await codeOf(answer)).toBe('cross_site_request')
    expect(await database().$count(session)).toBe(0)
  })

  test('attack: guessing is limited by address', async () => {
    let refused = 0
    for (let index = 0; index < 65; index++) {
      const answer = await setUp({ ...owner, token: `guess ${index}` })
      if (answer.status === 429) refused++
    }
    expect(refused).toBe(5)
  })
})
