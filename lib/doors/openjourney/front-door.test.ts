import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { frontDoor } from '../../http/front-door/front-door.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { asOpenJourney, openJourneyPath } from './answers.ts'

useDataFolder()
withTestDatabase()

const dialects = [{ path: openJourneyPath, translate: asOpenJourney }]
const answer = frontDoor((_request, response) => void response.end('{}'), { dialects })
const server = createServer((request, response) => void answer(request, response))
let address: string
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const authorization = `Bearer pf_${'0'.repeat(40)}`

test('a key that is refused at the front door is told in the form of its door, and other doors keep theirs', async () => {
  const ask = async (path: string) => {
    const response = await fetch(address + path, { method: 'POST', headers: { authorization } })
    return {
      status: response.status,
      vary: response.headers.get('vary'),
      ...(await response.json()),
    }
  }
  expect(await ask('/api/openjourney/generate')).toMatchObject({
    status: 401,
    vary: 'origin',
    success: false,
    error: { code: 'key_invalid', retryable: false },
  })
  expect(await ask('/api/generate/video')).toMatchObject({ status: 401, code: 'key_invalid' })
})
