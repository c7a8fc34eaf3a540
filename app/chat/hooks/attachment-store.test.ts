import { expect, test, vi } from 'vitest'
import { withSessionStorage } from '../../../tests/support/people/session-storage.ts'
import type { ChatImagePart } from '#lib/contract/chat'
import { attachedImage, changeAttachments, readAttachments } from './attachment-store.ts'

const kept = withSessionStorage()
const part = (letter: string): ChatImagePart => ({
  type: 'file',
  mediaType: 'image/png',
  url: `/api/media/image_${letter.repeat(24)}/source.png`,
})

test('what is uploaded is kept for its chat until it is removed', () => {
  const images = [
    attachedImage(part('a'), 0),
    { ...attachedImage(part('b'), 1), key: 'b', part: null },
  ]
  changeAttachments('chat_a', () => ({ images, fault: null }))
  expect(readAttachments('chat_a').images).toHaveLength(2)
  expect(readAttachments('chat_b').images).toEqual([])
  expect(JSON.parse(kept.get('draft-images.chat_a')!)).toEqual([part('a')])
  changeAttachments('chat_a', () => ({ images: [], fault: null }))
  expect(kept.size).toBe(0)
})

test('what outlived a reload is shown again, as far as it is an image of ours', () => {
  const words = JSON.stringify([part('a'), { ...part('b'), url: 'https://example.com/x.png' }, 7])
  kept.set('draft-images.chat_c', words)
  expect(readAttachments('chat_c').images).toEqual([
    {
      key: part('a').url,
      name: { key: 'chat.composer.imageName', values: { number: 1 } },
      previewUrl: part('a').url,
      part: part('a'),
      progress: 1,
      problem: null,
    },
  ])
  kept.set('draft-images.chat_d', '{')
  expect(readAttachments('chat_d').images).toEqual([])
})

test('a preview is given back with its image', () => {
  const revoke = vi.spyOn(URL, 'revokeObjectURL')
  const image = { ...attachedImage(part('a'), 0), previewUrl: 'blob:1' }
  changeAttachments('chat_e', () => ({ images: [image], fault: null }))
  expect(revoke).not.toHaveBeenCalled()
  changeAttachments('chat_e', () => ({ images: [], fault: null }))
  expect(revoke).toHaveBeenCalledExactlyOnceWith('blob:1')
})
