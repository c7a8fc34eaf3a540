import { expect, test } from 'vitest'
import { retryWrite } from './retry-write.ts'

const quick = { firstMs: 0.1, longestMs: 1 }

/** A write that fails so many times before it works. */
function failing(times: number, error: Error = new Error('Connection terminated')) {
  const told = { tries: 0 }
  const write = async () => {
    if (++told.tries <= times) throw error
    return 'written'
  }
  return { told, write }
}

test('a write is tried five times', async () => {
  expect(await retryWrite(failing(4).write, undefined, quick)).toBe('written')
  const { told, write } = failing(5)
  await expect(retryWrite(write, undefined, quick)).rejects.toThrow('terminated')
  expect(told.tries).toBe(5)
})

test('what is known here alone is tried for as long as the process lives', async () => {
  const ended = new AbortController()
  expect(await retryWrite(failing(40).write, ended.signal, quick)).toBe('written')
  const { told, write } = failing(Number.POSITIVE_INFINITY)
  const ending = async () => {
    if (told.tries === 9) ended.abort()
    return write()
  }
  await expect(retryWrite(ending, ended.signal, quick)).rejects.toThrow('terminated')
  expect(told.tries).toBe(10)
})

test('what the database will never take is not tried again', async () => {
  const refusal = Object.assign(new Error('unsupported Unicode escape'), { code: '22P05' })
  const { told, write } = failing(1, new Error('Failed query', { cause: refusal }))
  await expect(retryWrite(write, new AbortController().signal, quick)).rejects.toThrow(
    'Failed query',
  )
  expect(told.tries).toBe(1)
})
