import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isBase64, withoutSpace } from './base64.ts'

test.for(['', 'A', 'AAAA', 'AA==', 'AAA=', 'a+/Z09', 'a-_Z'])('%j is base64', (text) => {
  expect(isBase64(text)).toBe(true)
})

test.for(['=AAA', 'A=A=', 'AA===', 'pictures/fox.png', 'AA A', 'AÄ', 'A\n'])(
  '%j is none',
  (text) => {
    expect(isBase64(text)).toBe(false)
  },
)

test('white space goes, wherever it stands', () => {
  expect(withoutSpace(` AA\r\n\tA A${' '.repeat(5_000)}\u00A0`)).toBe('AAAA')
})

test('a process that compiles patterns plainly looks through 20 million letters', async () => {
  const script = `
    const { isBase64, withoutSpace } = await import(${JSON.stringify(join(import.meta.dirname, 'base64.ts'))})
    const long = 'A'.repeat(20_000_000)
    console.log(isBase64(long), isBase64(long + '!'), isBase64(long + '=='))
    console.log(withoutSpace(' '.repeat(20_000_000)).length)`
  const args = ['--no-regexp-optimization', '--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout).toBe('true false true\n0\n')
})
