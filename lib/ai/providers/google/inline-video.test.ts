import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorOf } from './test-google.ts'
import { base64Decoder, readPastVideo, videoMark, writeInlineVideo } from './inline-video.ts'
import type { JsonPath } from './json-scanner.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inline-video-'))
})
afterAll(() => rm(folder, { recursive: true }))

const film = Buffer.from(Array.from({ length: 1_000 }, (_, index) => (index * 7) % 256))
const base64 = film.toString('base64')
const isVideo = (path: JsonPath) => path.at(-1) === 'video'

interface Answering {
  pieceBytes?: number
  onPiece?: () => void
  error?: Error
}

function answering(text: string, { pieceBytes = 7, onPiece, error }: Answering = {}) {
  const bytes = Buffer.from(text)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      onPiece?.()
      yield bytes.subarray(at, at + pieceBytes)
    }
    if (error) throw error
  }
  return { status: 200, headers: new Headers(), bytes: pieces() }
}

const pathOf = (name: string) => join(folder, name)
const write = (text: string, name: string, how?: Answering) =>
  writeInlineVideo('Google', answering(text, how), isVideo, pathOf(name))

describe('a video inside an answer', () => {
  test.each([1, 2, 3, 4, 5, 64, 100_000])(
    'is written in pieces of %i bytes',
    async (pieceBytes) => {
      const text = JSON.stringify({ video: base64, done: true })
      expect(await write(text, 'film.mp4', { pieceBytes })).toEqual({
        video: videoMark,
        done: true,
      })
      expect(await readFile(pathOf('film.mp4'))).toEqual(film)
    },
  )

  test.each([
    ['with escaped slashes', base64.replaceAll('/', '\\/')],
    ['with escaped signs of equality', base64.replaceAll('=', '\\u003d')],
    ['in the alphabet of addresses', base64.replaceAll('+', '-').replaceAll('/', '_')],
    ['without its padding', base64.replaceAll('=', '')],
  ])('is written %s', async (_words, text) => {
    await write(`{"video":"${text}"}`, 'odd.mp4')
    expect(await readFile(pathOf('odd.mp4'))).toEqual(film)
  })

  test('takes the place of an earlier and longer one', async () => {
    const longer = Buffer.concat([film, film]).toString('base64')
    await write(JSON.stringify([{ video: longer }, { video: base64 }]), 'two.mp4')
    expect(await readFile(pathOf('two.mp4'))).toEqual(film)
  })

  test('takes the place of what the file held before', async () => {
    const longer = Buffer.concat([film, film]).toString('base64')
    await write(JSON.stringify({ video: longer }), 'again.mp4')
    await write(JSON.stringify({ video: base64 }), 'again.mp4')
    expect(await readFile(pathOf('again.mp4'))).toEqual(film)
  })

  const whole = JSON.stringify({ video: base64, done: true })
  test.each<[string, string, Answering?]>([
    ['is cut off in the video', whole.slice(0, 500)],
    ['is cut off after the video', whole.slice(0, -1)],
    ['holds no base64', '{"video":"AAAA*AAA"}'],
    ['holds base64 that goes on after its end', '{"video":"AA==AAAA"}'],
    ['holds half a sign', '{"video":"AAAAA"}'],
    ['is a page', '<html>'],
    ['holds no video', '{"done":false}'],
    ['holds an empty one', '{"video":""}'],
  ])('leaves no file where the answer %s', async (words, text, how) => {
    const wrong = write(text, 'none.mp4', how)
    if (/^holds (?:no video|an empty)/.test(words)) await wrong
    else
      expect(await errorOf(wrong)).toMatchObject({ code: 'provider_unavailable', retryable: true })
    expect(await readdir(folder)).not.toContain('none.mp4')
  })

  test('leaves no file where the line breaks, and says that it broke', async () => {
    const error = new Error('reset')
    await expect(write(whole.slice(0, 300), 'none.mp4', { error })).rejects.toBe(error)
    expect(await readdir(folder)).not.toContain('none.mp4')
  })

  test('cannot be written where there is no folder for it', async () => {
    const error = await errorOf(write(whole, 'no/such/folder.mp4'))
    expect(error).toMatchObject({ retryable: true, submitOutcome: 'job_made' })
  })
})

describe('an answer that is only looked at', () => {
  const large = 'A'.repeat(400_000)
  const look = (answer: object, isEnough: (answer: unknown) => boolean, pieceBytes = 1_000) => {
    let pieces = 0
    const onPiece = () => (pieces += 1)
    const read = answering(JSON.stringify(answer), { pieceBytes, onPiece })
    return readPastVideo('Google', read, isVideo, isEnough).then((value) => ({ value, pieces }))
  }
  const isDone = (answer: unknown) => (answer as { done?: boolean }).done === true

  test('is not read on in the middle of a large video once it says enough', async () => {
    const { value, pieces } = await look({ done: true, video: large, after: 1 }, isDone)
    expect(value).toEqual({ done: true, video: videoMark })
    expect(pieces).toBeLessThan(100)
  })

  test('is read to its end where the rest comes after the video', async () => {
    const { value, pieces } = await look({ video: large, done: true }, isDone)
    expect(value).toEqual({ video: videoMark, done: true })
    expect(pieces).toBeGreaterThan(400)
  })

  test('is read whole where it is small', async () => {
    const { value } = await look({ done: true, video: 'AAAA', after: 1 }, isDone, 1)
    expect(value).toEqual({ done: true, video: videoMark, after: 1 })
  })

  test('says where there is no video', async () => {
    const { value } = await look({ done: true, video: '', list: [null, { video: 7 }] }, isDone)
    expect(value).toEqual({ done: true, video: '', list: [null, { video: 7 }] })
  })
})

describe('base64', () => {
  test('is decoded wherever it is cut', () => {
    for (let at = 0; at <= 40; at++) {
      const decoder = base64Decoder()
      const text = film.subarray(0, 28).toString('base64')
      const parts = [decoder.decode(text.slice(0, at)), decoder.decode(text.slice(at))]
      expect(Buffer.concat([...parts, decoder.end()])).toEqual(film.subarray(0, 28))
    }
  })

  test.each([['A'], ['AAA', 'A', 'A'], ['AA='], ['AB=', '=', 'A'], ['====='], ['A A A']])(
    'is refused: %s',
    (...parts) => {
      expect(() => {
        const decoder = base64Decoder()
        for (const part of parts) decoder.decode(part)
        decoder.end()
      }).toThrow(SyntaxError)
    },
  )
})
