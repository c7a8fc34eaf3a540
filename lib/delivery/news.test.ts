import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FileNews } from '#lib/contract/file-view'
import { aFileView } from '../../tests/support/generations/file-view.ts'
import { goneReasonOf, rememberView } from './file-store.ts'
import { onNews, onTold, paced, receiveNews } from './news.ts'

function heard(act: () => void) {
  const told: FileNews[][] = []
  const stop = onNews((changes) => void told.push([...changes]))
  act()
  stop()
  return told
}

const news = (fileId: string, version: number, change: FileNews['change']): FileNews => ({
  fileId,
  version,
  change,
})

describe('P4: news', () => {
  test('of what this tab knows already is none: its own start, an end it has seen', () => {
    rememberView(aFileView({ id: 'file_own', version: 4, status: 'completed' }))
    const told = heard(() => {
      receiveNews([news('file_own', 1, 'started'), news('file_own', 4, 'ended')])
      receiveNews([news('file_own', 5, 'ended'), news('file_own', 2, 'started')])
      receiveNews([news('file_other', 1, 'started')])
    })
    expect(told).toEqual([[news('file_own', 5, 'ended')], [news('file_other', 1, 'started')]])
  })

  test('without a change is a call to look', () => {
    expect(heard(() => receiveNews([]))).toEqual([[]])
  })

  test('of a deletion is known as one from then on, whatever a poll says', () => {
    receiveNews([news('file_deleted', 3, 'deleted')])
    expect(goneReasonOf('file_deleted')).toBe('deleted')
  })
})

describe('notices', () => {
  test('are told apart from what changes a list, also of a video this tab knows', () => {
    rememberView(aFileView({ id: 'file_seen', version: 4, status: 'completed' }))
    const told: (readonly string[])[] = []
    const stop = onTold((fileIds) => void told.push(fileIds))
    const changes = heard(() => {
      receiveNews([news('file_seen', 4, 'told')])
      receiveNews([news('file_new', 1, 'started'), news('file_late', 2, 'told')])
      receiveNews([news('file_next', 1, 'started')])
      receiveNews([])
    })
    stop()
    expect(told).toEqual([['file_seen'], ['file_late'], []])
    expect(changes).toEqual([
      [news('file_new', 1, 'started')],
      [news('file_next', 1, 'started')],
      [],
    ])
  })
})

describe('P4: any number of hints', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('costs one look at once and one a second, and the last hint is never lost', async () => {
    let looks = 0
    const look = paced(async () => void (looks += 1), 1_000)
    for (let hints = 0; hints < 60; hints++) {
      void look()
      await vi.advanceTimersByTimeAsync(50)
    }
    // Sixty in three seconds.
    expect(looks).toBeLessThanOrEqual(4)
    await vi.advanceTimersByTimeAsync(2_000)
    const before = looks
    await vi.advanceTimersByTimeAsync(60_000)
    expect(looks).toBe(before)
    void look()
    await vi.advanceTimersByTimeAsync(0)
    expect(looks).toBe(before + 1)
  })

  test('waits for a slow look and does not send it away, also where it fails', async () => {
    let open = 0
    let most = 0
    const look = paced(async () => {
      most = Math.max(most, (open += 1))
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      open -= 1
      throw new Error('no answer')
    }, 1_000)
    for (let hints = 0; hints < 20; hints++) {
      void look()
      await vi.advanceTimersByTimeAsync(700)
    }
    expect(most).toBe(1)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(open).toBe(0)
  })
})
