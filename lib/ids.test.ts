import { expect, test } from 'vitest'
import { isFileId, newId } from './ids.ts'

test('ids have their prefix, are recognised and do not repeat', () => {
  const ids = Array.from({ length: 1_000 }, () => newId('file'))
  expect(new Set(ids).size).toBe(1_000)
  expect(ids.every(isFileId)).toBe(true)
})

test.each([
  '',
  'file_',
  'file_../../etc/passwd',
  `token_${'a'.repeat(24)}`,
  `file_${'A'.repeat(24)}`,
])('%j is no file id', (text) => expect(isFileId(text)).toBe(false))
