import { expect, test } from 'vitest'
import { user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { useDataFolder } from '#lib/http/test-visitor'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { POST as open } from '../session/route.ts'
import { POST as estimate } from './route.ts'

useDataFolder()
withTestDatabase()

const accounts = () => database().$count(user)

function post(cookie = '') {
  return new Request('http://localhost/api/estimate', {
    method: 'POST',
    body: JSON.stringify({ prompt: 'a fox', model: 'local-preview' }),
    headers: { 'content-type': 'application/json', cookie },
  })
}

test('S9: a price makes no account; a session is opened where one is asked for, once', async () => {
  const told = await estimate(post())
  expect(told.status).toBe(200)
  expect(told.headers.getSetCookie()).toEqual([])
  expect(await accounts()).toBe(0)

  const opened = await open(post())
  expect(opened.status).toBe(204)
  expect(opened.headers.get('cache-control')).toBe('private, no-store')
  const [cookie] = opened.headers.getSetCookie()[0]!.split(';')
  expect((await open(post(cookie))).headers.getSetCookie()).toEqual([])
  expect(await accounts()).toBe(1)
})

test('S9: what changes nothing of one’s own makes no account either', async () => {
  const before = await accounts()
  const { DELETE } = await import('../file/route.ts')
  const answer = await DELETE(new Request('http://localhost/api/file', { method: 'DELETE' }))
  expect(await answer.json()).toEqual({ deleted: 0 })
  expect(await accounts()).toBe(before)
})
