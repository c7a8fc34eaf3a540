import { afterEach, describe, expect, test, vi } from 'vitest'
import { sayIn } from '#lib/messages/translate'
import { forgetAllProcessWide } from '../process-wide.ts'
import { accessLine, accessMode, noteProxy, openSignUpWarning } from './access.ts'

type Settings = NonNullable<Parameters<typeof accessMode>[0]>
const usual: Settings = {
  ACCESS: 'auto',
  HOST: '0.0.0.0',
  PUBLIC_URL: undefined,
  ALLOWED_HOSTS: [],
  TRUST_PROXY: 0,
}
const keys = ['KIE_API_KEY']
const access = (differences: Partial<Settings>, set = keys) =>
  accessMode({ ...usual, ...differences }, set)

afterEach(() => {
  vi.unstubAllEnvs()
  forgetAllProcessWide()
})

describe('who may spend', () => {
  test.each<[string, Partial<Settings>, string[], string]>([
    ['nothing costs money', {}, [], 'open'],
    ['a key is set, and all addresses are listened on', {}, keys, 'members'],
    ['all addresses of IPv6', { HOST: '::' }, keys, 'members'],
    ['an address of the network', { HOST: '192.168.1.7' }, keys, 'members'],
    ['a name of the network', { HOST: 'studio.lan' }, keys, 'members'],
    ['a name that only begins so', { HOST: 'localhost.evil.example' }, keys, 'members'],
    ['this machine alone', { HOST: '127.0.0.1' }, keys, 'open'],
    ['another address of this machine', { HOST: '127.8.0.1' }, keys, 'open'],
    ['this machine by IPv6', { HOST: '::1' }, keys, 'open'],
    ['this machine by IPv6, as addresses have it', { HOST: '[::1]' }, keys, 'open'],
    ['this machine by IPv4 in IPv6', { HOST: '::ffff:127.0.0.1' }, keys, 'open'],
    ['this machine by name', { HOST: 'localhost' }, keys, 'open'],
    ['a public address', { HOST: '127.0.0.1', PUBLIC_URL: 'https://a.example' }, keys, 'members'],
    ['an own address', { HOST: '127.0.0.1', PUBLIC_URL: 'http://127.0.0.1:3000' }, keys, 'open'],
    ['a proxy', { HOST: '127.0.0.1', TRUST_PROXY: 1 }, keys, 'members'],
    [
      'a name of the operator’s that a proxy passes on',
      { HOST: '127.0.0.1', ALLOWED_HOSTS: ['studio.example'] },
      keys,
      'members',
    ],
    ['own names', { HOST: '127.0.0.1', ALLOWED_HOSTS: ['a.localhost'] }, keys, 'open'],
    ['it is said', { ACCESS: 'open' }, keys, 'open'],
    ['it is said, with nothing that costs', { ACCESS: 'members' }, [], 'members'],
  ])('where %s', (_where, set, given, mode) => {
    expect(access(set, given).mode).toBe(mode)
  })

  test('a proxy that is seen at work counts as one that is named', () => {
    expect(access({ HOST: '127.0.0.1' }).mode).toBe('open')
    noteProxy()
    const { mode, reason } = access({ HOST: '127.0.0.1' })
    expect(mode).toBe('members')
    expect(sayIn('en', reason)).toContain('requests come through a proxy')
    expect(access({ ACCESS: 'open', HOST: '127.0.0.1' }).mode).toBe('open')
  })

  test.each<[Record<string, string>, boolean]>([
    [{ SIGN_UP: 'open', KIE_API_KEY: 'key' }, true],
    [{ SIGN_UP: 'open', KIE_API_KEY: 'key', BILLING: 'credits' }, false],
    [{ SIGN_UP: 'invite', KIE_API_KEY: 'key' }, false],
    [{ SIGN_UP: 'open' }, false],
    [{ SIGN_UP: 'open', KIE_API_KEY: 'key', ACCESS: 'open' }, false],
  ])('the start warns where strangers may make themselves members: %j', (set, isSaid) => {
    vi.stubEnv('ACCESS', '')
    for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value)
    forgetAllProcessWide()
    const warning = openSignUpWarning()
    expect(warning !== undefined && sayIn('en', warning).includes('SIGN_UP=invite')).toBe(isSaid)
  })

  test('is said with the reason, in both languages', () => {
    const { reason } = access({})
    expect(sayIn('en', reason)).toBe(
      'What costs money needs an account: KIE_API_KEY is set and the server listens on 0.0.0.0.',
    )
    expect(sayIn('ru', reason)).toBe(
      'Для платного нужен аккаунт: задана KIE_API_KEY, и сервер слушает 0.0.0.0.',
    )
  })

  test.each<[Record<string, string>, string]>([
    [{}, 'Access: open, because nothing here costs money'],
    [
      { KIE_API_KEY: 'key' },
      'Access: members, because KIE_API_KEY is set and the server listens on 0.0.0.0',
    ],
    [
      { GEMINI_API_KEY: 'key', HOST: '127.0.0.1' },
      'Access: open, because the server listens on 127.0.0.1 only',
    ],
    [
      { CHAT_BASE_URL: 'https://a.example', CHAT_API_KEY: 'key', CHAT_MODEL: 'gpt' },
      'Access: members, because CHAT_API_KEY is set and the server listens on 0.0.0.0',
    ],
    // A model of the operator's own, without a key.
    [
      { CHAT_BASE_URL: 'http://127.0.0.1:1', CHAT_MODEL: 'llama' },
      'Access: open, because nothing here costs money',
    ],
    [{ KIE_API_KEY: 'key', ACCESS: 'open' }, 'Access: open, because ACCESS is open'],
  ])('stands in the log of the start: %j', (set, line) => {
    vi.stubEnv('ACCESS', '')
    for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value)
    forgetAllProcessWide()
    expect(accessLine()).toBe(line)
  })
})
