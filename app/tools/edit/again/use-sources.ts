'use client'

import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import type { EditOrder } from '#lib/contract/generation'
import { libraryParams } from '#lib/contract/library/filters'
import { isLibraryPage } from '#lib/contract/library/library'
import { readAnswer } from '#lib/contract/problem'
import { shelfItemOf } from '#lib/delivery/library/shelf-item'
import { type EditedFilm, filmsOf } from '../edited-film.ts'

export interface Sources {
  /** Those that are still there, in their order. */
  films: EditedFilm[]
  /** How many are deleted, or in the trash. */
  missing: number
}

/** The videos that a file was made from; undefined until they are read, and an error where they cannot be. */
export function useSources(ids: readonly string[]) {
  const wanted = [...new Set(ids)]
  const params = libraryParams({ id: wanted, limit: 100 })
  const url = wanted.length > 0 ? withBasePath(`/api/library?${params}`) : null
  const { data, error, mutate } = useSWR(url, readFilms, { revalidateOnFocus: false })
  const films = url === null ? [] : data
  const sources = films && sourcesOf(ids, films)
  return { sources, error: error as unknown, reload: () => void mutate() }
}

/** Which of the videos are there, as often and in the order that they were used, and how many are not. */
export function sourcesOf(ids: readonly string[], films: readonly EditedFilm[]): Sources {
  const byId = new Map(films.map((film) => [film.id, film]))
  const gone = new Set(ids.filter((id) => !byId.has(id)))
  return { films: ids.flatMap((id) => byId.get(id) ?? []), missing: gone.size }
}

/** Whether it can be made again of those. A join goes on with what is left of its videos, while there are two. */
export function isUsable(edit: EditOrder | undefined, { films }: Sources) {
  return films.length >= (edit?.operation === 'join' ? 2 : 1)
}

async function readFilms(url: string) {
  const { items } = await readAnswer(await callApi(url), isLibraryPage)
  return filmsOf(items.map(shelfItemOf))
}
