import { expect, it } from 'vitest'
import { sayIn } from '#lib/messages/translate'
import { ImportQueue, faultOf } from './import-queue.ts'

/** A queue whose files arrive when a test says so. */
function aQueue(atOnce = 2) {
  const sent: string[] = []
  const aborted: string[] = []
  const arrive = new Map<string, () => void>()
  const queue = new ImportQueue((key, signal) => {
    sent.push(key)
    return new Promise((resolve) => {
      arrive.set(key, resolve)
      signal.addEventListener('abort', () => {
        aborted.push(key)
        resolve()
      })
    })
  }, atOnce)
  const finish = async (key: string) => {
    arrive.get(key)!()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { queue, sent, aborted, finish }
}

it('sends two files at a time, in their order', async () => {
  const { queue, sent, finish } = aQueue()
  for (const key of ['a', 'b', 'c', 'd']) queue.add(key)
  expect(sent).toEqual(['a', 'b'])
  await finish('b')
  expect(sent).toEqual(['a', 'b', 'c'])
  await finish('a')
  await finish('c')
  expect(sent).toEqual(['a', 'b', 'c', 'd'])
})

it('leaves out what was removed, and ends what is under way', async () => {
  const { queue, sent, aborted, finish } = aQueue(1)
  for (const key of ['a', 'b', 'c']) queue.add(key)
  queue.remove('b')
  queue.remove('a')
  await finish('a')
  expect(aborted).toEqual(['a'])
  expect(sent).toEqual(['a', 'c'])
})

it('a file that may be added again is sent again', async () => {
  const { queue, sent, finish } = aQueue()
  queue.add('a')
  await finish('a')
  queue.add('a')
  expect(sent).toEqual(['a', 'a'])
})

it('names what is wrong with a file before it is sent', () => {
  const fault = (type: string, size: number) => {
    const found = faultOf({ name: 'a.x', type, size })
    return found && sayIn('en', found)
  }
  expect(fault('video/mp4', 1_999_999_999)).toBeNull()
  expect(fault('image/webp', 10 * 1024 * 1024)).toBeNull()
  expect(fault('video/quicktime', 3 * 1024 ** 3)).toContain('a.x is 3.2 GB. The limit is 2.1 GB.')
  expect(fault('image/png', 12_345_678)).toContain('a.x is 12.3 MB')
  expect(fault('application/pdf', 1)).toContain('Not a video or picture')
  // Windows names no type of some films: the server looks at the bytes.
  expect(fault('', 1)).toBeNull()
})
