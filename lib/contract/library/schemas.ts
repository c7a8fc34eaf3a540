import { z } from 'zod'
import { fileViewSchema } from '../api/files.ts'
import { means, momentSchema } from '../api/sentence.ts'
import { doors, kinds } from '../generation.ts'
import { imageRatios } from '../model-view.ts'
import { librarySorts } from './filters.ts'
import { collectionNameAtMost, idsAtMost, itemStatuses, zipItemsAtMost } from './library.ts'

const media = z.enum(['video', 'image'])
const bytes = z.int().meta(means('api.fields.bytes'))
const pixels = z.int().meta(means('api.fields.pixels'))
const count = z.int().meta(means('api.fields.count'))
export const sources = [...kinds, 'upload'] as const

/** A list in an address: `a,b`. */
const words = z
  .string()
  .max(1_000)
  .transform((text) => text.split(',').filter(Boolean))

const flag = z
  .enum(['0', '1', 'true', 'false'])
  .transform((word) => word === '1' || word === 'true')
  .optional()

const filterShape = {
  id: words.pipe(z.array(z.string().max(40))).optional(),
  q: z.string().max(500).optional(),
  media: words.pipe(z.array(media)).optional(),
  source: words.pipe(z.array(z.enum(sources))).optional(),
  model: words.pipe(z.array(z.string().max(100))).optional(),
  format: words.pipe(z.array(z.enum(imageRatios))).optional(),
  status: words.pipe(z.array(z.enum(itemStatuses))).optional(),
  starred: flag,
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  door: words.pipe(z.array(z.enum(doors))).optional(),
  collection: z.string().max(100).optional(),
  trash: flag,
}

/** The filters of an address. */
export const libraryFiltersSchema = z.object(filterShape)

/** The whole query of an address. */
export const libraryQuerySchema = z.object({
  ...filterShape,
  sort: z.enum(librarySorts).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
})

/** The filters of a body: lists are lists there, and flags are true or false. */
const bodyFiltersSchema = z.strictObject({
  id: z.array(z.string().max(40)).max(100).optional(),
  q: z.string().max(500).optional(),
  media: z.array(media).optional(),
  source: z.array(z.enum(sources)).optional(),
  model: z.array(z.string().max(100)).max(100).optional(),
  format: z.array(z.enum(imageRatios)).optional(),
  status: z.array(z.enum(itemStatuses)).optional(),
  starred: z.boolean().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  door: z.array(z.enum(doors)).optional(),
  collection: z.string().max(100).optional(),
  trash: z.boolean().optional(),
})

const ids = z.array(z.string().max(100)).min(1).max(idsAtMost)

export const libraryChangeSchema = z
  .strictObject({
    ids,
    star: z.boolean().optional(),
    trash: z.boolean().optional(),
    addTo: z.string().max(100).optional(),
    removeFrom: z.string().max(100).optional(),
  })
  .meta({ id: 'LibraryChange' })

export const libraryDeletionSchema = z
  .union([z.strictObject({ ids }), z.strictObject({ all: z.literal(true) })])
  .meta({ id: 'LibraryDeletion' })

const changed = {
  changed: z.array(z.string()),
  busy: z.array(z.string()),
  missing: z.array(z.string()),
}

export const libraryChangedSchema = z.object(changed).meta({ id: 'LibraryChanged' })

export const libraryDeletedSchema = z
  .object({ ...changed, left: z.int().meta(means('api.fields.trashLeft')) })
  .meta({ id: 'LibraryDeleted' })

const asLink = z.boolean().optional()

export const zipRequestSchema = z
  .union([
    z.strictObject({ ids: z.array(z.string().max(100)).min(1).max(zipItemsAtMost), asLink }),
    z.strictObject({ filter: bodyFiltersSchema, asLink }),
  ])
  .meta({ id: 'ZipRequest' })
export type ZipRequest = z.infer<typeof zipRequestSchema>

export const zipLinkSchema = z
  .object({
    url: z.string(),
    name: z.string(),
    count,
    bytes,
    expiresAt: momentSchema,
  })
  .meta({ id: 'ZipLink' })

export const uploadViewSchema = z
  .object({
    id: z.string(),
    type: media,
    name: z.string().nullable().meta(means('api.fields.uploadName')),
    url: z.string(),
    posterUrl: z.string().nullable().meta(means('api.fields.ofFilm')),
    posterSeconds: z.number().nullable().meta(means('api.fields.posterSeconds')),
    filmstripUrl: z.string().nullable().meta(means('api.fields.ofFilm')),
    filmstripFrames: z.int().nullable().meta(means('api.fields.filmstripFrames')),
    contentType: z.string(),
    sizeBytes: bytes,
    sha256: z.string(),
    width: pixels,
    height: pixels,
    durationSeconds: z.number().nullable().meta(means('api.fields.uploadSeconds')),
    videoCodec: z.string().nullable().meta(means('api.fields.ofFilm')),
    audioCodec: z.string().nullable().meta(means('api.fields.uploadAudio')),
    isKept: z.boolean().meta(means('api.fields.isKept')),
    createdAt: momentSchema,
  })
  .meta({ id: 'Upload' })

export const libraryItemSchema = z
  .object({
    id: z.string(),
    type: media,
    source: z.enum(sources),
    isStarred: z.boolean(),
    collections: z.array(z.string()),
    weightBytes: z.int().meta(means('api.fields.weightBytes')),
    trashedAt: momentSchema.nullable().meta(means('api.fields.trashedAt')),
    deletedFrom: momentSchema.nullable().meta(means('api.fields.deletedFrom')),
    createdAt: momentSchema,
    file: fileViewSchema.nullable().meta(means('api.fields.itemFile')),
    upload: uploadViewSchema.nullable().meta(means('api.fields.itemUpload')),
  })
  .meta({ id: 'LibraryItem' })

/** What `PUT /api/file/<fileId>/poster` takes. */
export const posterWishSchema = z
  .strictObject({ atSeconds: z.number().min(0).meta(means('api.fields.secondOfSource')) })
  .meta({ id: 'PosterWish' })

export const libraryPageSchema = z
  .object({
    items: z.array(libraryItemSchema),
    nextCursor: z.string().nullable().meta(means('api.fields.nextCursor')),
  })
  .meta({ id: 'LibraryPage' })

export const libraryWeightSchema = z.object({ count, bytes }).meta({ id: 'LibraryWeight' })

export const collectionSchema = z
  .object({ id: z.string(), name: z.string(), count, createdAt: momentSchema })
  .meta({ id: 'Collection' })

export const collectionsSchema = z
  .object({ collections: z.array(collectionSchema) })
  .meta({ id: 'Collections' })

const name = z.string().trim().min(1).max(collectionNameAtMost)

/** `ids` are put into it at once. */
export const newCollectionSchema = z
  .strictObject({ name, ids: ids.optional() })
  .meta({ id: 'NewCollection' })

export const collectionNameSchema = z.strictObject({ name }).meta({ id: 'CollectionName' })

const roles = ['firstFrame', 'lastFrame', 'reference', 'sourceVideo', 'source'] as const

export const lineageSchema = z
  .object({
    id: z.string(),
    nodes: z.array(
      z.object({
        id: z.string(),
        isThere: z.boolean(),
        type: media.nullable().meta(means('api.fields.ofThere')),
        source: z.enum(sources).nullable().meta(means('api.fields.ofThere')),
        status: z.enum(itemStatuses).nullable().meta(means('api.fields.ofThere')),
        title: z.string(),
        url: z.string().nullable().meta(means('api.fields.ofReady')),
        posterUrl: z.string().nullable().meta(means('api.fields.ofReady')),
        isTrashed: z.boolean(),
        createdAt: momentSchema.nullable().meta(means('api.fields.ofThere')),
      }),
    ),
    edges: z.array(
      z.object({
        parentId: z.string(),
        childId: z.string(),
        role: z.enum(roles),
        place: z.int().meta(means('api.fields.inputPlace')),
      }),
    ),
    isCut: z.boolean(),
  })
  .meta({ id: 'Lineage' })
