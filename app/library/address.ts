import { doors } from '#lib/contract/generation'
import { type LibraryQuery, type LibrarySort, librarySorts } from '#lib/contract/library/filters'
import { itemStatuses } from '#lib/contract/library/library'
import { imageRatios } from '#lib/contract/model-view'

/** What a person looks for by kind: what comes of it, or how it came here. */
export const libraryKinds = ['videos', 'images', 'uploads', 'edits'] as const

/** What the page shows, as its address says it. What is absent is not asked after. */
export interface LibraryAddress {
  q?: string
  kind?: (typeof libraryKinds)[number]
  model?: string
  format?: (typeof imageRatios)[number]
  status?: (typeof itemStatuses)[number]
  door?: (typeof doors)[number]
  /** Days, both included: 2026-11-28. */
  from?: string
  to?: string
  starred?: true
  collection?: string
  trash?: true
  sort?: LibrarySort
  /** The item that a link opens. */
  item?: string
}

/** The filters that the bar counts and clears; where one is (collection, trash) stays, and so does the order. */
export const barFilters = ['kind', 'model', 'format', 'status', 'door', 'from', 'to'] as const

type Params = Pick<URLSearchParams, 'get'>

/** Reads an address; what is not valid in it is ignored. */
export function readAddress(params: Params): LibraryAddress {
  const among = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === params.get(name))
  const text = (name: string, most: number) => params.get(name)?.slice(0, most) || undefined
  const day = (name: string) => (isDay(params.get(name)) ? params.get(name)! : undefined)
  const flag = (name: string) => (params.get(name) === '1' ? (true as const) : undefined)
  return withoutNothing({
    q: text('q', 500),
    kind: among('kind', libraryKinds),
    model: text('model', 100),
    format: among('format', imageRatios),
    status: among('status', itemStatuses),
    door: among('door', doors),
    from: day('from'),
    to: day('to'),
    starred: flag('starred'),
    collection: text('collection', 100),
    trash: flag('trash'),
    sort: among('sort', librarySorts),
    item: text('item', 100),
  })
}

/** The address as text, without a question mark where nothing is asked. */
export function addressText(address: LibraryAddress) {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(withoutNothing(address)))
    if (!(name === 'sort' && value === 'newest')) params.set(name, value === true ? '1' : value)
  const text = String(params)
  return text && `?${text}`
}

/** What the server is asked for it. Days are those of the reader. */
export function queryOf(address: LibraryAddress): LibraryQuery {
  const { q, kind, model, format, status, door, from, to, sort } = address
  const { starred, collection, trash } = address
  return withoutNothing({
    q: q?.trim() || undefined,
    ...(kind && ofKind[kind]),
    model: model === undefined ? undefined : [model],
    format: format && [format],
    status: status && [status],
    door: door && [door],
    from: from && startOf(from, 0),
    to: to && startOf(to, 1),
    starred,
    collection,
    trash,
    sort: sort === 'newest' ? undefined : sort,
  })
}

const ofKind: Record<(typeof libraryKinds)[number], LibraryQuery> = {
  videos: { media: ['video'] },
  images: { media: ['image'] },
  uploads: { source: ['upload'] },
  edits: { source: ['edit'] },
}

/** How many filters of the bar are set. */
export function filterCount(address: LibraryAddress) {
  return barFilters.filter((name) => address[name] !== undefined).length
}

function isDay(text: string | null) {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
}

/** The first moment of a day, or of one that many days later, where the reader is. */
function startOf(day: string, later: number) {
  const [year, month, date] = day.split('-').map(Number)
  return new Date(year!, month! - 1, date! + later).toISOString()
}

function withoutNothing<T extends object>(values: T) {
  const known = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(known) as { [Name in keyof T]: Exclude<T[Name], undefined> }
}
