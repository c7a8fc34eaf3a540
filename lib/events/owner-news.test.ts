import type { FileNews } from '#lib/contract/file-view'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { OwnerNews } from './owner-news.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const started = (ownerId: string, number: number) =>
  ({ ownerId, fileId: `file_${number}`, version: 1, change: 'started' }) as const

function listen(news: OwnerNews, ownerId: string) {
  const told: (readonly FileNews[])[] = []
  const stop = news.add(ownerId, (changes) => void told.push(changes))
  return { told, stop }
}

describe('P4: the news of an owner', () => {
  test('are gathered: sixty starts in one moment are one message, told within a second', () => {
    const news = new OwnerNews()
    const { told } = listen(news, 'anna')
    for (let number = 0; number < 60; number++) news.take(started('anna', number))
    vi.advanceTimersByTime(1_000)
    expect(told.map((changes) => changes.length)).toEqual([60])
    expect(told[0]![0]).toEqual({ fileId: 'file_0', version: 1, change: 'started' })
  })

  test('reach every stream of the owner, and none of another one', () => {
    const news = new OwnerNews()
    const [phone, page, stranger] = [
      listen(news, 'anna'),
      listen(news, 'anna'),
      listen(news, 'boris'),
    ]
    news.take(started('anna', 1))
    vi.advanceTimersByTime(1_000)
    expect([phone, page, stranger].map(({ told }) => told.length)).toEqual([1, 1, 0])
  })

  test('too many to name are a call to look', () => {
    const news = new OwnerNews()
    const { told } = listen(news, 'anna')
    for (let number = 0; number < 500; number++) news.take(started('anna', number))
    vi.advanceTimersByTime(1_000)
    expect(told).toEqual([[]])
  })

  test('are not kept for owners who do not listen, nor for those who have gone', () => {
    const news = new OwnerNews()
    news.take(started('anna', 1))
    const { told, stop } = listen(news, 'anna')
    news.take(started('anna', 2))
    stop()
    expect(news.watchedOwners).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
    listen(news, 'anna')
    vi.advanceTimersByTime(1_000)
    expect(told).toEqual([])
  })
})
