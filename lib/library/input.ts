import {
  collectionNameSchema,
  libraryChangeSchema,
  libraryDeletionSchema,
  libraryFiltersSchema,
  libraryQuerySchema,
  newCollectionSchema,
  posterWishSchema,
  zipRequestSchema,
} from '#lib/contract/library/schemas'
import { collectionNameAtMost, idsAtMost, zipItemsAtMost } from '#lib/contract/library/library'
import { message } from '#lib/messages/message'
import { parsed } from '../read-input.ts'

// What requests to the library say. Each throws `invalid_input` with every faulty field named.

const filter = message('request.filter')
const wanted = {
  ...Object.fromEntries(Object.keys(libraryFiltersSchema.shape).map((name) => [name, filter])),
  sort: message('request.sort'),
  atSeconds: message('request.seconds'),
  cursor: message('request.cursor'),
  limit: message('request.pageLimit'),
  ids: message('request.ids', { limit: idsAtMost }),
  name: message('request.collectionName', { limit: collectionNameAtMost }),
  addTo: message('errors.noCollection'),
  removeFrom: message('errors.noCollection'),
}

export function queryOf(url: string) {
  return parsed(libraryQuerySchema, paramsOf(url), wanted)
}

export function filtersOf(url: string) {
  return parsed(libraryFiltersSchema, paramsOf(url), wanted)
}

export function changeOf(body: unknown) {
  return parsed(libraryChangeSchema, body, wanted)
}

export function deletionOf(body: unknown) {
  return parsed(libraryDeletionSchema, body, wanted)
}

export function newCollectionOf(body: unknown) {
  return parsed(newCollectionSchema, body, wanted)
}

export function collectionNameOf(body: unknown) {
  return parsed(collectionNameSchema, body, wanted).name
}

export function posterWishOf(body: unknown) {
  return parsed(posterWishSchema, body, wanted)
}

export function zipRequestOf(body: unknown) {
  const ids = message('request.ids', { limit: zipItemsAtMost })
  return parsed(zipRequestSchema, body, { ...wanted, ids })
}

/** Of one that is said twice, the last holds. */
function paramsOf(url: string) {
  return Object.fromEntries(new URL(url).searchParams)
}
