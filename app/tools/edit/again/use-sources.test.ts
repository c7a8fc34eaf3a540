import { describe, expect, test } from 'vitest'
import type { EditedFilm } from '../edited-film.ts'
import { isUsable, sourcesOf } from './use-sources.ts'

const film = (id: string): EditedFilm => ({
  id,
  type: 'video',
  title: '',
  url: '',
  posterUrl: null,
  filmstripUrl: null,
  filmstripFrames: null,
  durationSeconds: 1,
  hasSound: false,
  posterSeconds: null,
  width: 16,
  height: 16,
  sizeBytes: 1,
})
const found = (ids: string[], ...there: string[]) => {
  const sources = sourcesOf(ids, there.map(film))
  return { ids: sources.films.map(({ id }) => id), missing: sources.missing, sources }
}

describe('a join that is made again', () => {
  const join = { operation: 'join' } as const

  test('goes on with the videos that are left, in their order, and counts the others', () => {
    const left = found(['c', 'a', 'b', 'x'], 'a', 'b', 'c')
    expect(left).toMatchObject({ ids: ['c', 'a', 'b'], missing: 1 })
    expect(isUsable(join, left.sources)).toBe(true)
  })

  test('takes a video as often as it was in it, and counts it once where it is gone', () => {
    expect(found(['a', 'b', 'a'], 'a', 'b')).toMatchObject({ ids: ['a', 'b', 'a'], missing: 0 })
    expect(found(['a', 'b', 'a', 'c'], 'b', 'c')).toMatchObject({ ids: ['b', 'c'], missing: 1 })
  })

  test('ends where fewer than two are left; any other edit, where none is', () => {
    const one = found(['a', 'b'], 'b').sources
    const none = found(['a', 'b']).sources
    expect(isUsable(join, one)).toBe(false)
    expect(isUsable({ operation: 'mute' }, one)).toBe(true)
    expect(isUsable({ operation: 'mute' }, none)).toBe(false)
  })
})
