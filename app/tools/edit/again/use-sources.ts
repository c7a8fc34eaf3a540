'use client'

import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
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
  const sources: Sources | undefined = films && {
    films: ids.flatMap((id) => films.find((film) => film.id === id) ?? []),
    missing: wanted.filter((id) => !films.some((film) => film.id === id)).length,
  }
  return { sources, error: error as unknown, reload: () => void mutate() }
}

async function readFilms(url: string) {
  const { items } = await readAnswer(await callApi(url), isLibraryPage)
  return filmsOf(items.map(shelfItemOf))
}
