import { expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { assertByKey } from './program-caller.ts'

test('a program without an API key is refused, and one with it is not', () => {
  expect(() => assertByKey({ keyId: null })).toThrow(AppError)
  expect(() => assertByKey({ keyId: 'key_1' })).not.toThrow()
})
