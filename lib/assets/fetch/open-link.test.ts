import { Agent, MockAgent } from 'undici'
import { describe, expect, test } from 'vitest'
import { guardedConnect } from './guarded-connect.ts'
import { openLink } from './open-link.ts'

/** What a link was opened as, where only https is answered. */
async function openedAs(link: string, isLoopbackAllowed: boolean, location?: string) {
  const dispatcher = new MockAgent()
  dispatcher.disableNetConnect()
  const asked: string[] = []
  for (const origin of ['https://a.example', 'https://b.example:8443', 'http://127.0.0.1:1'])
    dispatcher
      .get(origin)
      .intercept({ path: '/film.mp4?key=1' })
      .reply(({ origin: from }) => {
        asked.push(String(from))
        return location && asked.length === 1
          ? { statusCode: 302, responseOptions: { headers: { location } } }
          : { statusCode: 200, data: 'film' }
      })
  const { signal } = new AbortController()
  const answer = await openLink(link, { dispatcher, headers: {}, isLoopbackAllowed, signal })
  expect(await answer.body.text()).toBe('film')
  return asked
}

test.each([true, false])('a link by http is opened by https: %s', async (isLoopbackAllowed) => {
  const link = 'http://a.example/film.mp4?key=1'
  expect(await openedAs(link, isLoopbackAllowed)).toEqual(['https://a.example'])
})

test('so is one that a redirect gives', async () => {
  const location = 'http://b.example:8443/film.mp4?key=1'
  expect(await openedAs('https://a.example/film.mp4?key=1', true, location)).toEqual([
    'https://a.example',
    'https://b.example:8443',
  ])
})

test('one to this machine stays as it is, where it may be opened', async () => {
  const link = 'http://127.0.0.1:1/film.mp4?key=1'
  expect(await openedAs(link, true)).toEqual(['http://127.0.0.1:1'])
  await expect(openedAs(link, false)).rejects.toThrow('does not answer')
})

describe('S20: this machine and its network by other names', () => {
  test.each([
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    '①②⑦.0.0.1',
    '0',
    '10.1',
    '100.64.1.1',
    'localhost',
    '[::]',
    '[::1]',
    '[::7f00:1]',
    '[::127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::1]',
    '[fe80::1]',
    '[fd00::1]',
  ])('https://%s is not opened', async (host) => {
    const options = { headers: {}, isLoopbackAllowed: false, signal: AbortSignal.timeout(20_000) }
    const guarded = new Agent({ connect: guardedConnect(false) })
    const blocked = { code: 'blocked_address' }
    await expect(
      openLink(`https://${host}:9/film.mp4`, { ...options, dispatcher: guarded }),
    ).rejects.toMatchObject(blocked)
    await guarded.close()
  })
})
