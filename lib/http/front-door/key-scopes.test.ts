import { describe, expect, test } from 'vitest'
import { routesOfApi } from '../../../tests/support/ask-route.ts'
import { keyNeedOf, keyNeeds } from './key-scopes.ts'

const table = Object.entries(keyNeeds)
  .flatMap(([route, needs]) => Object.keys(needs).map((method) => `${method} ${route}`))
  .toSorted()

test('every route of the API is in the table of what keys may do, and nothing else is', async () => {
  expect(table).toEqual(await routesOfApi())
})

describe('what a key needs', () => {
  test.each([
    ['GET', '/api/file', 'read'],
    ['HEAD', '/api/file', 'read'],
    ['GET', '/api/file/file_1/', 'read'],
    ['DELETE', '/api/file/file_1', 'generate'],
    ['POST', '/api/file/file_1/cancel', 'generate'],
    ['POST', '/api/batch/estimate', 'generate'],
    ['GET', '/api/batch/batch_1', 'read'],
    ['POST', '/api/webhooks/stripe', 'ignored'],
    ['POST', '/api/image', 'generate'],
    ['GET', '/api/media/file_1/video.mp4', 'read'],
    ['POST', '/api/admin/grants', 'admin'],
    ['GET', '/api/admin', 'admin'],
    ['GET', '/api/metrics', 'ignored'],
  ])('for %s %s is %s', (method, path, need) => {
    expect(keyNeedOf(method, path)).toBe(need)
  })

  test.each([
    ['POST', '/api/keys'],
    ['DELETE', '/api/keys/key_1'],
    ['PUT', '/api/file/file_1'],
    ['POST', '/api/file/file_1/new-route'],
    ['GET', '/api/nothing'],
    ['GET', '/api/administrators'],
    ['POST', '/api/auth/sign-out'],
    ['TRACE', '/api/file'],
    ['toString', '/api/file'],
    ['GET', '/api/file%2Ffile_1'],
  ])('for %s %s is not to be had', (method, path) => {
    expect(keyNeedOf(method, path)).toBe('never')
  })
})
