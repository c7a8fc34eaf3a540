import { beforeEach, describe, expect, test, vi } from 'vitest'
import { formerSessionHeader, sessionHeader } from '#lib/contract/answer-headers'
import { aFileView } from '../../tests/support/generations/file-view.ts'
import { wasPollAnswered } from './connection-status.ts'
import { goneReasonOf, noteGone } from './file-store.ts'
import { forgetFollowed, forgetOwnFollowed, lostNotes, noteFollowed } from './followed.ts'
import { forgetPageSession, sessionTroubleOf } from '#lib/contract/calls/page-session'
import { pollFile } from './poll-file.ts'

const mine = 'aaaaaaaaaaaa'
const other = 'bbbbbbbbbbbb'

const headed = (session: string) => ({ headers: new Headers({ [sessionHeader]: session }) })

/** Polls once, and is answered this. Whether it was taken for an answer of the server. */
async function poll(
  id: string,
  session: string | undefined,
  status = 404,
  body: object = notFound,
) {
  const headers: HeadersInit = session ? { [sessionHeader]: session } : {}
  await pollFile(`/api/file/${id}`, async () => Response.json(body, { status, headers })).catch(
    () => {},
  )
  return wasPollAnswered()
}
const notFound = { code: 'not_found', status: 404, detail: 'There is no such video here.' }

beforeEach(() => {
  forgetPageSession()
  sessionTroubleOf(headed(mine))
})

describe('F1: a followed file that answers 404', () => {
  test('was deleted where the session is still the page’s own', async () => {
    await poll('file_gone', mine)
    expect(goneReasonOf('file_gone')).toBe('deleted')
  })

  test('belongs to another session where the answer was given to one', async () => {
    await poll('file_theirs', other)
    expect(goneReasonOf('file_theirs')).toBe('other_session')
  })

  test('F39: is kept from the page by its cookies where it came without a session', async () => {
    await poll('file_bare', 'none')
    expect(goneReasonOf('file_bare')).toBe('no_session')
    // Also on a page that never had one.
    forgetPageSession()
    await poll('file_never', 'none')
    expect(goneReasonOf('file_never')).toBe('no_session')
  })

  test('that was deleted before stays deleted, and one that is found again is not gone', async () => {
    noteGone('file_known', 'deleted')
    await poll('file_known', other)
    expect(goneReasonOf('file_known')).toBe('deleted')
    await poll('file_known', mine, 200, aFileView({ id: 'file_known' }))
    expect(goneReasonOf('file_known')).toBeUndefined()
  })

  test('is taken for a deletion by a server that says nothing of sessions', async () => {
    await poll('file_old', undefined)
    expect(goneReasonOf('file_old')).toBe('deleted')
  })
})

test('P10: only what the server itself says is an answer to a poll', async () => {
  expect(await poll('file_a', mine, 200, aFileView({ id: 'file_a' }))).toBe(true)
  expect(await poll('file_a', mine, 502, { html: 'Bad Gateway' })).toBe(false)
  expect(await poll('file_a', mine)).toBe(true)
  expect(await poll('file_a', mine, 200, { welcome: 'Please log in.' })).toBe(false)
  await pollFile('/api/file/file_a', () => Promise.reject(new Error('offline'))).catch(() => {})
  expect(wasPollAnswered()).toBe(false)
  expect(await poll('file_a', mine)).toBe(true)
})

describe('F1: after a reload', () => {
  beforeEach(() => {
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    })
    return () => void vi.unstubAllGlobals()
  })

  function reloadAs(session: string | undefined) {
    forgetPageSession()
    if (session) sessionTroubleOf(headed(session))
  }
  const lostIds = (unfinished: string[] = []) => lostNotes(unfinished).map(({ fileId }) => fileId)

  test('of a visitor are the account’s that it has signed in to', () => {
    noteFollowed('file_before', 'a fox')
    forgetPageSession()
    sessionTroubleOf({
      headers: new Headers({ [sessionHeader]: other, [formerSessionHeader]: mine }),
    })
    expect(lostNotes(['file_before'])).toEqual([])
  })

  test('what was under way in another session is lost, what is this one’s is not', () => {
    noteFollowed('file_1', 'a fox')
    expect(lostIds(['file_1'])).toEqual([])
    reloadAs(other)
    noteFollowed('file_2', 'a hare')
    expect(lostNotes(['file_2'])).toEqual([{ fileId: 'file_1', prompt: 'a fox', session: mine }])
    reloadAs(undefined)
    expect(lostIds()).toEqual(['file_1', 'file_2'])
    reloadAs(mine)
    expect(lostIds(['file_1'])).toEqual(['file_2'])
  })

  test('of an account that was left on purpose are not lost, and not shown to the next user', () => {
    noteFollowed('file_1', 'a secret fox')
    reloadAs(other)
    noteFollowed('file_2', 'a hare')
    forgetOwnFollowed()
    expect(localStorage.getItem('photofinish.followed')).not.toContain('hare')
    reloadAs(mine)
    forgetOwnFollowed()
    reloadAs(other)
    expect(lostIds()).toEqual([])
  })

  test('what ended meanwhile, or was told, is not told later', () => {
    noteFollowed('file_ended', 'a fox')
    noteFollowed('file_told', 'a hare')
    noteFollowed('file_open', 'an owl')
    expect(lostIds(['file_told', 'file_open'])).toEqual([])
    forgetFollowed('file_told')
    reloadAs(other)
    expect(lostIds()).toEqual(['file_open'])
  })

  test('is bounded, and survives what others write there, or a storage that is blocked', () => {
    for (let number = 0; number < 100; number++) noteFollowed(`file_${number}`, 'x'.repeat(8_000))
    const notes = localStorage.getItem('photofinish.followed')!
    expect(notes.length).toBeLessThan(6_000)
    for (const foreign of ['', '{}', 'null', '[1,null]', '{"a":', '[{"fileId":1}]']) {
      localStorage.setItem('photofinish.followed', foreign)
      expect(lostIds()).toEqual([])
    }
    vi.stubGlobal('localStorage', undefined)
    noteFollowed('file_1', 'a fox')
    forgetFollowed('file_1')
    expect(lostIds()).toEqual([])
  })
})

describe('a visitor who has signed in to an account', () => {
  const account = 'cccccccccccc'
  const signedIn = {
    headers: new Headers({ [sessionHeader]: account, [formerSessionHeader]: mine }),
  }

  test('is the same page’s session: its own videos are no other’s', () => {
    expect(sessionTroubleOf(signedIn)).toBeUndefined()
    expect(sessionTroubleOf(headed(account))).toBeUndefined()
    // One that was under way with the visitor's session.
    expect(sessionTroubleOf(headed(mine))).toBeUndefined()
    expect(sessionTroubleOf(headed(other))).toBe('other_session')
  })

  test('on the page of another one is another one', () => {
    forgetPageSession()
    sessionTroubleOf(headed(other))
    expect(sessionTroubleOf(signedIn)).toBe('other_session')
  })
})
