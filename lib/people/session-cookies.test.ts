import { describe, expect, test } from 'vitest'
import { sessionCookiesIn, signInCookiesIn } from './session-cookies.ts'

const own = 'photofinish-0a1b2c3d.session_token'

describe('S3: of a Cookie header', () => {
  test('only session cookies are picked, in their order', () => {
    const header = `a=b; ${own}=one.two%3D; x${own}=no;photofinish.session_token=old==;__Secure-${own}= safe ;theme=${own}=no`
    expect(sessionCookiesIn(header)).toEqual([
      { name: own, value: 'one.two%3D' },
      { name: 'photofinish.session_token', value: 'old==' },
      { name: `__Secure-${own}`, value: 'safe' },
    ])
  })

  test.each([
    ['15,000 small ones', 'a=b;'.repeat(15_000)],
    ['60 KB of one', `a=${'='.repeat(60_000)};`],
    ['blanks', `${' '.repeat(60_000)};`],
    ['beginnings of ours', 'photofinish-0a1b2c3d.session_toke;'.repeat(1_800)],
  ])('%s of others are passed over', (_name, junk) => {
    expect(sessionCookiesIn(`${junk} ${own}=one`)).toEqual([{ name: own, value: 'one' }])
  })

  test('a few at most are looked at, and none that is too long', () => {
    expect(sessionCookiesIn(Array(60).fill(`${own}=one`).join('; '))).toHaveLength(32)
    expect(sessionCookiesIn(`${own}=${'a'.repeat(1_025)}`)).toEqual([])
    expect(sessionCookiesIn(null)).toEqual([])
  })
})

test('of a sign-in under way its own cookies are picked, and no session', () => {
  const prefix = 'photofinish-0a1b2c3d.'
  const names = [
    'two_factor',
    'trust_device',
    'state',
    'better-auth-passkey',
    'dont_remember',
    'former',
  ]
  const header = [
    'a=b',
    `${own}=one`,
    ...names.map((name) => `${prefix}${name}=1`),
    `x${prefix}state=2`,
  ]
  expect(signInCookiesIn(header.join('; ')).map(({ name }) => name)).toEqual(
    names.map((name) => prefix + name),
  )
})
