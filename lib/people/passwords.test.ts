import { expect, test } from 'vitest'
import { forgetProcessWide } from '../process-wide.ts'
import { passwords } from './passwords.ts'

test('a password is kept by scrypt, with a salt of its own each time, and known again', async () => {
  // The quick way of the other tests.
  forgetProcessWide('passwords')
  const { hash, verify } = passwords()
  const [one, two] = await Promise.all([hash('correct horse'), hash('correct horse')])
  expect(one).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  expect(one).not.toBe(two)
  expect(await verify({ hash: one, password: 'correct horse' })).toBe(true)
  expect(await verify({ hash: one, password: 'correct horsf' })).toBe(false)
})
