import { MockAgent } from 'undici'
import { expect, test } from 'vitest'
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
