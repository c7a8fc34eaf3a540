import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  notInArray,
  or,
  sql,
} from 'drizzle-orm'
import type { MediaType } from '#lib/contract/generation'
import { recentAdopterOf } from '../db/queries/adopted.ts'
import { database } from '../db/client.ts'
import { generation, generationEvent } from '../db/generation-schema.ts'
import { afterCursor, cursorOf } from '../db/queries/keyset.ts'
import { isFileId } from '../ids.ts'
import { processWide } from '../process-wide.ts'
import { readTogether } from './read-together.ts'
import { type GenerationRow, generationColumns, shownColumns } from './row.ts'
import { finalStates } from './states.ts'

/**
 * The generation of this owner. A stranger's, a deleted and a never-seen id all answer undefined, so that nothing
 * tells them apart.
 */
export async function findOwned(
  ownerId: string,
  generationId: string,
): Promise<GenerationRow | undefined> {
  if (!isFileId(generationId)) return undefined
  return ownedBy(ownerId, await findGeneration(generationId))
}

/**
 * The same for one that only looks. A visitor's work that has just moved into an account is shown also to what was under
 * way then: what that visitor started itself, and nothing else of the account.
 */
export async function findShown(
  ownerId: string,
  generationId: string,
): Promise<GenerationRow | undefined> {
  if (!isFileId(generationId)) return undefined
  const row = await findGeneration(generationId)
  return ownedBy(ownerId, row) ?? madeBefore(ownerId, row)
}

const { id, ownerId, startedBy, deletedAt, state, version, createdAt } = generation
const headColumns = { id, ownerId, startedBy, deletedAt, state, version, createdAt }

/** What tells whether a generation is the one that is known already. */
export type GenerationHead = Pick<GenerationRow, keyof typeof headColumns>

/** What `findShown` finds by its head alone: a fraction of the cost of the whole. */
export async function findShownHead(
  ownerId: string,
  generationId: string,
): Promise<GenerationHead | undefined> {
  if (!isFileId(generationId)) return undefined
  const read = processWide('find generation head', () => readTogether(readHeads))
  const row = await read(generationId)
  return ownedBy(ownerId, row) ?? madeBefore(ownerId, row)
}

async function readHeads(ids: string[]) {
  const query = processWide('read generation heads', () =>
    database()
      .select(headColumns)
      .from(generation)
      .where(sql`${generation.id} = any(${sql.placeholder('ids')})`)
      .prepare('read_generation_heads'),
  )
  const rows = await query.execute({ ids })
  return new Map(rows.map((row) => [row.id, row]))
}

async function madeBefore<Row extends Pick<GenerationHead, 'ownerId' | 'startedBy' | 'deletedAt'>>(
  visitorId: string,
  row: Row | undefined,
) {
  if (!row || row.startedBy !== visitorId || row.deletedAt) return undefined
  return (await recentAdopterOf(visitorId)) === row.ownerId ? row : undefined
}

function ownedBy<Row extends Pick<GenerationHead, 'ownerId' | 'deletedAt'>>(
  ownerId: string,
  row: Row | undefined,
) {
  return row && row.ownerId === ownerId && !row.deletedAt ? row : undefined
}

/** A generation, deleted or not, of any owner. For the pipeline only. The row may be shared: never write to it. */
export function findGeneration(generationId: string): Promise<GenerationRow | undefined> {
  return processWide('find generation', () => readTogether(readGenerations))(generationId)
}

async function readGenerations(ids: string[]) {
  // Prepared once a connection: this is what every poll and every event asks.
  const query = processWide('read generations', () =>
    database()
      .select(shownColumns)
      .from(generation)
      .where(sql`${generation.id} = any(${sql.placeholder('ids')})`)
      .prepare('read_generations'),
  )
  const rows = await query.execute({ ids })
  return new Map(rows.map((row) => [row.id, row]))
}

export interface ListOptions {
  ownerId: string
  /** `pending`: only what is not finished, for recovery after a reload. */
  status: 'pending' | undefined
  /** Only what is generated as this; edits are with the videos. */
  kind?: MediaType | undefined
  cursor: string | undefined
  limit: number
}

/** An owner's generations, newest first, a page at a time. An unreadable cursor begins at the top. */
export async function listGenerations(options: ListOptions) {
  const rows = await database()
    .select(shownColumns)
    .from(generation)
    .where(isListed(options))
    .orderBy(desc(generation.createdAt), desc(generation.id))
    .limit(options.limit + 1)
  return pageOf(rows, options)
}

/** The same page by ids and versions alone: whether it is what one has, for a fraction of the cost. */
export async function listVersions(options: ListOptions) {
  const { id, version, createdAt } = generation
  const rows = await database()
    .select({ id, version, createdAt })
    .from(generation)
    .where(isListed(options))
    .orderBy(desc(createdAt), desc(id))
    .limit(options.limit + 1)
  return pageOf(rows, options)
}

/** What its owner has put into the trash is shown there only. */
const isOutOfTrash = sql`not exists (select from library_item trashed
  where trashed.id = ${generation.id} and trashed.trashed_at is not null)`

function isListed({ ownerId, status, kind, cursor }: ListOptions) {
  return and(
    eq(generation.ownerId, ownerId),
    isNull(generation.deletedAt),
    isOutOfTrash,
    // As the index of open generations says it: only so is it used.
    status && sql`state not in ('completed', 'failed', 'canceled')`,
    isOfKind(kind),
    afterCursor(cursor, 'file', [generation.createdAt, generation.id]),
  )
}

function isOfKind(kind: MediaType | undefined) {
  if (!kind) return undefined
  // As the partial indexes say it: a page of one kind is not looked for among the other.
  return kind === 'image' ? sql`${generation.kind} = 'image'` : sql`${generation.kind} <> 'image'`
}

function pageOf<Row extends { id: string; createdAt: Date }>(all: Row[], { limit }: ListOptions) {
  const rows = all.slice(0, limit)
  const last = all.length > limit ? rows.at(-1) : undefined
  return { rows, nextCursor: last ? cursorOf(last.createdAt, last.id) : null }
}

/** The owner's latest completed generation of exactly these settings since a moment, or undefined. */
export async function findSame(
  ownerId: string,
  settingsHash: string,
  since: Date,
): Promise<GenerationRow | undefined> {
  const [row] = await database()
    .select(generationColumns)
    .from(generation)
    .where(
      and(
        eq(generation.ownerId, ownerId),
        eq(generation.settingsHash, settingsHash),
        sql`state = 'completed'`,
        isNull(generation.deletedAt),
        isOutOfTrash,
        gt(generation.finishedAt, since),
      ),
    )
    .orderBy(desc(generation.finishedAt))
    .limit(1)
  return row
}

/** The ids of an owner's finished generations, of one kind where one is given. */
export async function finishedGenerations(ownerId: string, kind?: MediaType) {
  const mine = and(eq(generation.ownerId, ownerId), isNull(generation.deletedAt), isOfKind(kind))
  const rows = await database()
    .select({ id: generation.id })
    .from(generation)
    .where(and(mine, inArray(generation.state, [...finalStates])))
  return rows.map((row) => row.id)
}

/** Generations outside of the queue with a step due before a moment, the most overdue first. What the sweep wakes. */
export async function dueGenerations(before: Date, limit: number) {
  const isUnfinished = notInArray(generation.state, [...finalStates, 'queued'])
  return database()
    .select({ id: generation.id, dueAt: generation.dueAt, state: generation.state })
    .from(generation)
    .where(
      and(
        lte(generation.dueAt, before),
        isNull(generation.parkedAt),
        or(isUnfinished, isNotNull(generation.deletedAt), isNotNull(generation.waitsFor)),
      ),
    )
    .orderBy(asc(generation.dueAt))
    .limit(limit)
}

/** When a generation changed its state, and at which provider: its timeline. */
export async function timelineOf(generationId: string) {
  return database()
    .select({
      state: generationEvent.state,
      provider: generationEvent.provider,
      at: generationEvent.at,
    })
    .from(generationEvent)
    .where(eq(generationEvent.generationId, generationId))
    .orderBy(asc(generationEvent.version))
}

const unsavedAtMost = 1_000

/** How many finished videos cannot be saved, 1,000 at most. */
export async function countUnsaved(): Promise<number> {
  const isUnsaved = sql`${generation.wait} ->> 'code' = 'storage_down'`
  const unsaved = database()
    .select({ id: generation.id })
    .from(generation)
    .where(and(eq(generation.state, 'storing'), isUnsaved))
    .limit(unsavedAtMost)
    .as('unsaved')
  const [row] = await database().select({ waiting: count() }).from(unsaved)
  return row!.waiting
}
