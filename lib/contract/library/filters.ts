import type { Door, MediaType } from '../generation.ts'
import type { AspectRatio } from '../model-view.ts'
import type { ItemSource, ItemStatus } from './library.ts'

/** `name` is the prompt, or the name of an upload. */
export const librarySorts = ['newest', 'oldest', 'longest', 'largest', 'name'] as const
export type LibrarySort = (typeof librarySorts)[number]

/** What is looked for. What is absent is not asked after; a list finds what is one of it. */
export interface LibraryFilters {
  /** Only these. */
  id?: string[]
  /** Words of the prompt in any of their forms, `"a phrase"`, `-without`, or part of a word. */
  q?: string
  media?: MediaType[]
  source?: ItemSource[]
  model?: string[]
  format?: AspectRatio[]
  status?: ItemStatus[]
  starred?: boolean
  /** ISO 8601: made from the one, and before the other. */
  from?: string
  to?: string
  door?: Door[]
  /** The id of a collection. */
  collection?: string
  /** Only what is in the trash; without it, nothing of it. */
  trash?: boolean
}

export interface LibraryQuery extends LibraryFilters {
  /** Default `newest`. */
  sort?: LibrarySort
  cursor?: string
  /** 1 to 100, default 24. */
  limit?: number
}

/** A query as an address has it: `media=video&model=a,b&starred=1`. */
export function libraryParams(query: LibraryQuery): URLSearchParams {
  const fields = Object.entries(query) as [string, string | number | boolean | string[]][]
  const said = fields.map(([name, value]): [string, string] => [name, wordOf(value)])
  return new URLSearchParams(said.filter(([, word]) => word !== ''))
}

function wordOf(value: string | number | boolean | string[] | undefined) {
  if (Array.isArray(value)) return value.join(',')
  if (typeof value === 'boolean') return value ? '1' : ''
  return value === undefined ? '' : String(value)
}
