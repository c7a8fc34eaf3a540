import { describe, expect, test } from 'vitest'
import type { ConnectionStatus } from './connection-status.ts'
import { LateFeed } from './feed.ts'

/** A feed that notes what is followed. */
function aFeed() {
  const followed: string[] = []
  const follow = (name: string) => {
    followed.push(name)
    return () => void followed.splice(followed.indexOf(name), 1)
  }
  let status: ConnectionStatus = 'disconnected'
  let listener = () => {}
  return {
    followed,
    become: (next: ConnectionStatus) => {
      status = next
      listener()
    },
    feed: {
      follow,
      followNews: () => follow('news'),
      getStatus: () => status,
      onStatus: (next: () => void) => {
        listener = next
        return () => undefined
      },
    },
  }
}

/** Lets everything happen that waits for nothing but its turn. */
const turn = () => new Promise((resolve) => setTimeout(resolve))

describe('the feed of a tab', () => {
  test('is loaded once, with the first thing to follow', async () => {
    const { feed, followed, become } = aFeed()
    let loads = 0
    const late = new LateFeed(async () => {
      loads += 1
      return feed
    })
    let told = 0
    late.onStatus(() => (told += 1))
    expect([loads, late.getStatus()]).toEqual([0, 'disconnected'])
    const ends = [late.follow('a'), late.followNews(), late.follow('b')]
    await turn()
    expect([loads, followed]).toEqual([1, ['a', 'news', 'b']])
    become('connected')
    expect([told, late.getStatus()]).toEqual([1, 'connected'])
    for (const end of ends) end()
    expect(followed).toEqual([])
  })

  test('follows nothing that was left while it was loaded', async () => {
    const { feed, followed } = aFeed()
    const late = new LateFeed(async () => feed)
    late.follow('a')()
    late.followNews()()
    late.follow('b')
    await turn()
    expect(followed).toEqual(['b'])
  })

  test('leaves the news to the polls where it cannot be loaded, and is loaded with the next thing', async () => {
    const { feed, followed } = aFeed()
    let isGone = true
    const late = new LateFeed(async () => {
      if (isGone) throw new Error('of an older build')
      return feed
    })
    const seen: ConnectionStatus[] = []
    late.onStatus(() => seen.push(late.getStatus()))
    const end = late.follow('a')
    await turn()
    end()
    expect(seen).toEqual(['polling', 'disconnected'])
    isGone = false
    late.follow('b')
    await turn()
    expect(followed).toEqual(['b'])
  })

  test('is not said to poll where only news are waited for', async () => {
    const late = new LateFeed(() => Promise.reject(new Error('offline')))
    late.followNews()
    late.prepare()
    await turn()
    expect(late.getStatus()).toBe('disconnected')
  })
})
