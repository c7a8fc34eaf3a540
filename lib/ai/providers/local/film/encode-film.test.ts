import { describe, expect, it } from 'vitest'
import { fixMp4Times } from './encode-film.ts'

function box(type: string, content: Uint8Array) {
  const bytes = Buffer.alloc(8 + content.length)
  bytes.writeUInt32BE(bytes.length, 0)
  bytes.write(type, 4, 'latin1')
  bytes.set(content, 8)
  return bytes
}

describe('fixMp4Times', () => {
  it('clears both times, in both versions, and nothing else', () => {
    const short = box('mvhd', Buffer.alloc(20, 0xaa).fill(0, 0, 4))
    const long = box('mdhd', Buffer.alloc(32, 0xbb).fill(1, 0, 1))
    const film = Buffer.concat([
      box('moov', Buffer.concat([short, box('trak', box('mdia', long))])),
      box('mdat', Buffer.alloc(8, 0xcc)),
    ])
    fixMp4Times(film)
    const head = film.subarray(16)
    expect(head.subarray(4, 12).every((byte) => byte === 0)).toBe(true)
    expect(head.subarray(12, 20).every((byte) => byte === 0xaa)).toBe(true)
    const media = film.subarray(film.indexOf('mdhd') + 4)
    expect(media.subarray(4, 20).every((byte) => byte === 0)).toBe(true)
    expect(media.subarray(20, 32).every((byte) => byte === 0xbb)).toBe(true)
    expect(film.subarray(-8).every((byte) => byte === 0xcc)).toBe(true)
  })

  it('stops at a broken box instead of running for ever', () => {
    const broken = Buffer.alloc(64)
    fixMp4Times(broken)
    expect(broken.every((byte) => byte === 0)).toBe(true)
  })
})
