import { describe, expect, test } from 'vitest'
import { hasBasePath, readBasePath, withBasePath, withoutBasePath } from './base-path.ts'

describe('P2: the base path', () => {
  test.each([
    [undefined, ''],
    ['', ''],
    ['/', ''],
    ['studio', '/studio'],
    ['/studio/', '/studio'],
    [' /studio ', '/studio'],
    ['/a/b-c_d.e~1', '/a/b-c_d.e~1'],
    ['/~anna/studio', '/~anna/studio'],
    ['/tools/studio', '/tools/studio'],
    ['/apis', '/apis'],
  ])('%j is read as %j', (value, path) => {
    expect(readBasePath(value)).toBe(path)
  })

  test.each([
    '//x',
    '/a//b',
    '/studio//',
    '/a b',
    '/a?b',
    '/a#b',
    '/a%20b',
    '/..',
    '/a/../b',
    '/.well-known',
    '\\studio',
    'https://x.example/studio',
    '/студия',
    '/:path*',
    '/[id]',
    '/api',
    '/api/studio',
    '/_next/x',
    '/health',
    '/chat',
    '/docs',
    '/docs/api',
    '/settings/',
    'status',
    '/tools',
    '/tools/video-generator',
    `/${'a'.repeat(200)}`,
  ])('%j is refused', (value) => {
    expect(readBasePath(value)).toBeUndefined()
  })

  test.each([
    ['/', '/studio'],
    ['/?a=1', '/studio?a=1'],
    ['/chat', '/studio/chat'],
    ['/api/file?a=/', '/studio/api/file?a=/'],
  ])('goes before %j', (path, address) => {
    expect(withBasePath(path, '/studio')).toBe(address)
    expect(withoutBasePath(address, '/studio')).toBe(path)
    expect(withBasePath(path, '')).toBe(path)
    expect(withoutBasePath(path, '')).toBe(path)
  })

  test.each(['/studios/chat', '/chat', '/', '*', '/Studio/chat', '//studio/chat'])(
    'is not in %j, which stays as it is',
    (path) => {
      expect(hasBasePath(path, '/studio')).toBe(false)
      expect(withoutBasePath(path, '/studio')).toBe(path)
    },
  )
})
