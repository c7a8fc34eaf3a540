import { beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import { anAccount } from '../../../tests/support/people/an-account.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { createKey } from '../../people/keys/keys.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { useDataFolder } from '../test-visitor.ts'
import { keyNeeds } from './key-scopes.ts'
import { withFrontDoor } from './test-front-door.ts'
import { withoutVersion } from './versions.ts'

useDataFolder()
withTestDatabase()

const door = withFrontDoor()
let anna: Caller

beforeEach(async () => {
  anna = await anAccount()
})

const id = '0123456789abcdefghijklmn'

/** A path of a route, with ids of the form they have there. */
function pathOf(route: string) {
  return route
    .replace('[fileId]', `file_${id}`)
    .replace('[chatId]', `chat_${id}`)
    .replace('[...key]', `file_${id}/video.mp4`)
    .replace('[channels]', `file.file_${id}`)
    .replaceAll(/\[\w+\]/g, 'one')
}

const forPrograms = Object.entries(keyNeeds).flatMap(([route, needs]) =>
  Object.entries(needs)
    .filter(([, need]) => !['never', 'ignored', 'admin'].includes(need))
    .map(([method]) => ({ method, path: pathOf(route) })),
)

function other(path: string) {
  return path.startsWith('/api/v1/') ? path.replace('/v1', '') : path.replace('/api/', '/api/v1/')
}

/** What was answered, and what Next was asked, without what is different each time: a nonce, a time, what is left. */
async function asked(method: string, path: string, headers: Record<string, string>) {
  const before = door.handed().length
  const { status, head, body } = await door.send(method, path, headers)
  const { date: _date, 'x-server-time': _time, ratelimit: _left, ...rest } = head
  delete rest['content-security-policy']
  const [next] = door.handed().slice(before)
  const text = body.replace(/"traceId":"[^"]*"/, '')
  return { status, headers: rest, body: text, next: next && `${next.method} ${next.url}` }
}

describe('with a version and without', () => {
  test(
    'every request of a program is answered alike, whatever its key may do',
    { tags: 'long' },
    async () => {
      expect(forPrograms.length).toBeGreaterThan(25)
      const keys = await Promise.all(
        [['read'], ['generate'], ['read', 'generate']].map((scopes) =>
          createKey(anna, { name: scopes.join(), scopes }),
        ),
      )
      const askers: Record<string, string>[] = [
        {},
        { authorization: 'Bearer pf_wrong' },
        ...keys.map(({ key }) => ({ authorization: `Bearer ${key}` })),
        { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      ]
      for (const { method, path } of forPrograms) {
        // What is limited is the matter of the next test.
        forgetProcessWide('token buckets')
        for (const headers of askers)
          expect([path, await asked(method, `${other(path)}?a=1`, headers)]).toEqual([
            path,
            await asked(method, `${path}?a=1`, headers),
          ])
      }
    },
  )

  test('they share one limit', async () => {
    const { key } = await createKey(anna, { name: 'k', scopes: ['generate'] })
    const bearer = { authorization: `Bearer ${key}` }
    let refused = 0
    for (let index = 0; index < 70; index++) {
      const path = index % 2 ? '/api/generate/video' : '/api/v1/generate/video'
      if ((await door.send('POST', path, bearer)).status === 429) refused++
    }
    expect(refused).toBeGreaterThan(0)
  })

  test.each([
    ['/api/v1/file', '/api/file'],
    ['/api/v1/file/?a=/api/v1/x', '/api/file/?a=/api/v1/x'],
    ['/api/v1/usage.csv', '/api/usage.csv'],
    ['/api/v1/openapi.json', '/api/openapi.json'],
    ['/api/events/user', '/api/v1/events/user'],
    ['/api/v1/events/user', '/api/v1/events/user'],
    // For pages and other servers only.
    ['/api/v1/keys', '/api/v1/keys'],
    ['/api/v1/auth/sign-in/email', '/api/v1/auth/sign-in/email'],
    ['/api/v1/admin/people', '/api/v1/admin/people'],
    ['/api/v1/metrics', '/api/v1/metrics'],
    ['/api/v1/webhooks/kie', '/api/v1/webhooks/kie'],
    // Names nothing.
    ['/api/v1', '/api/v1'],
    ['/api/v1/', '/api/v1/'],
    ['/api/v1/v1/file', '/api/v1/v1/file'],
    ['/api/V1/file', '/api/V1/file'],
    ['/api/v2/file', '/api/v2/file'],
    ['/api/v1//file', '/api/v1//file'],
    ['/api/v1x/file', '/api/v1x/file'],
    ['/chat/api/v1/file', '/chat/api/v1/file'],
  ])('%s is %s', (url, known) => {
    expect(withoutVersion(url)).toBe(known)
  })
})
