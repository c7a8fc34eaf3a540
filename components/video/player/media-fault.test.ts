import { describe, expect, it } from 'vitest'
import type { Locale } from '#lib/messages/locales'
import { sayIn } from '#lib/messages/translate'
import { type MediaFault, faultMessage, faultOf } from './media-fault.ts'

const url = '/api/media/file_1/video.mp4'
// The codes of `MediaError`.
const [aborted, network, decode, unsupported] = [1, 2, 3, 4]

/** A server that answers a look at the file like this; null for none that answers. */
function server(status: number | null, contentType = 'video/mp4'): typeof fetch {
  return () =>
    status === null
      ? Promise.reject(new TypeError('Failed to fetch'))
      : Promise.resolve(new Response(null, { status, headers: { 'content-type': contentType } }))
}

describe('F35: why a video does not play', () => {
  it.each([
    ['leaving it is no fault', aborted, 200, null],
    ['the connection broke', network, 200, 'broken'],
    ['the browser cannot decode it', decode, 200, 'unsupported'],
    ['the browser does not know the kind', unsupported, 200, 'unsupported'],
    ['a part of it is asked for', unsupported, 206, 'unsupported'],
    ['the file was deleted meanwhile', unsupported, 404, 'gone'],
    ['the file was deleted while it played', network, 410, 'gone'],
    ['the session has ended', unsupported, 401, 'refused'],
    ['it is refused', unsupported, 403, 'refused'],
    ['the server is in trouble', unsupported, 503, 'broken'],
    ['offline', network, null, 'offline'],
    ['offline from the start', unsupported, null, 'offline'],
    ['bytes that do not come', undefined, 200, 'slow'],
    ['bytes that do not come, offline', undefined, null, 'offline'],
  ])('F35: %s', async (_name, code, status, fault) => {
    expect(await faultOf(url, code, server(status))).toBe(fault)
  })

  it("F35: a page of another network's login is no video", async () => {
    expect(await faultOf(url, unsupported, server(200, 'text/html'))).toBe('broken')
  })

  it('F35: names the codec, and a way on', () => {
    const says = (fault: MediaFault, videoCodec: string | null, locale: Locale = 'en') =>
      sayIn(locale, faultMessage(fault, { videoCodec }))
    expect(says('noPicture', 'hevc')).toContain('can’t show H.265 video')
    expect(says('unsupported', null)).toContain('this video format')
    expect(says('noPicture', 'unknown')).toContain('this video format')
    expect(says('unsupported', 'av1')).toContain('Download it')
    expect(says('unsupported', 'av1', 'ru')).toContain('не воспроизводит видео AV1')
  })
})
