import { createHash } from 'node:crypto'
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'
import { describe, expect, it } from 'vitest'
import { aspectRatios } from '#lib/contract/model-view'
import { testRequest, tinyRequest } from '../test-request.ts'
import { renderFilm } from './render-film.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function openFilm(bytes: Uint8Array) {
  return new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
}

describe('renderFilm', () => {
  it('makes a playable MP4 in 16:9', () => expectPlayable('16:9'))

  it.each(aspectRatios.filter((one) => one !== '16:9'))(
    'makes a playable MP4 in %s',
    { tags: 'long' },
    expectPlayable,
  )

  async function expectPlayable(aspectRatio: (typeof aspectRatios)[number]) {
    const request = testRequest({ aspectRatio, prompt: 'rain over a night city' })
    const film = await renderFilm(request)
    const input = openFilm(film.bytes)
    const video = (await input.getPrimaryVideoTrack())!
    const audio = (await input.getPrimaryAudioTrack())!
    expect(film.frameCount).toBe(60)
    expect([video.codec, video.displayWidth, video.displayHeight]).toEqual([
      'avc',
      request.width,
      request.height,
    ])
    expect([audio.codec, audio.sampleRate, audio.numberOfChannels]).toEqual(['aac', 48_000, 2])
    expect(await input.computeDuration()).toBe(2)
    expect((await video.computePacketStats()).packetCount).toBe(60)
    expect(await video.getColorSpace()).toMatchObject({ matrix: 'bt709', fullRange: false })
  }

  it('puts the index before the media and no track for a silent film', async () => {
    const { bytes } = await renderFilm(testRequest({ generateAudio: false, prompt: 'hello' }))
    const text = Buffer.from(bytes).toString('latin1')
    expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'))
    expect(await openFilm(bytes).getAudioTracks()).toHaveLength(0)
  })

  it('gives the same bytes for the same request, and others for another seed', () =>
    expectTheSame((seed) => tinyRequest({ seed })))

  it('gives the same bytes in full size, too', { tags: 'long' }, () =>
    expectTheSame((seed) => testRequest({ seed, aspectRatio: '1:1' })),
  )

  async function expectTheSame(requestOf: (seed: number) => ReturnType<typeof tinyRequest>) {
    const [first, second, other] = [
      await renderFilm(requestOf(1)),
      await renderFilm(requestOf(1)),
      await renderFilm(requestOf(2)),
    ]
    expect(sha256(second.bytes)).toBe(sha256(first.bytes))
    expect(sha256(other.bytes)).not.toBe(sha256(first.bytes))
  }

  it('reports progress that only grows', async () => {
    const seen: number[] = []
    await renderFilm(tinyRequest({ prompt: 'space' }), ({ progress }) => seen.push(progress))
    expect(seen.length).toBeGreaterThan(60)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBeLessThan(100)
  })
})
