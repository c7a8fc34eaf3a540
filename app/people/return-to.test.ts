import { describe, expect, test } from 'vitest'
import { returnTo, signInFor } from './return-to.ts'

const home = '/tools/video-generator'

describe('after a sign-in', () => {
  test.each(['/chat', '/chat/chat_1?x=1#end', '/account/security', '/invite/abc', '/admin'])(
    'a page of this studio is gone back to: %s',
    (path) => expect(returnTo(path)).toBe(path),
  )

  test.each([
    undefined,
    '',
    ['/chat', '/admin'],
    'chat',
    'https://evil.example/',
    '//evil.example',
    String.raw`/\evil.example`,
    String.raw`\\evil.example`,
    '/\t/evil.example',
    '\t//evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://studio.invalid@evil.example/',
    '/sign-in?next=/sign-in',
    '/sign-up',
  ])('nothing else is: %j', (next) => expect(returnTo(next)).toBe(home))

  test('a page with parameters comes back whole', () => {
    const { searchParams } = new URL(signInFor('/chat?a=1&b=2'), 'http://x')
    expect(returnTo(searchParams.get('next'))).toBe('/chat?a=1&b=2')
  })
})
