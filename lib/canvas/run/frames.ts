import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { FrameAt } from '#lib/contract/canvas/brought'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { libraryItem } from '../../db/library-schema.ts'
import type { Batch } from '../../generations/start/prepare.ts'
import { type EditOptions, editHash, prepareEdit } from '../../generations/start/start-edit.ts'
import { newId } from '../../ids.ts'

/** A frame of a video that is used as a picture. */
export interface Frame {
  /** The video's id, which may be one that is still to be made. */
  video: string
  at: FrameAt
}

/** A frame that is taken with a run: under which id, and by which edit. */
export interface FrameStep {
  does: 'frame'
  fileId: string
  edit: Batch
}

function orderOf({ video, at }: Frame) {
  return { sources: [video], edit: { operation: 'frame', at } as const }
}

function hashOf(frame: Frame) {
  const { sources, edit } = orderOf(frame)
  return editHash(sources, edit)
}

/** Checks that a frame can be taken, also of a video that is coming. Throws as the start of an edit does. */
export async function prepareFrame(
  frame: Frame,
  options: Pick<EditOptions, 'caller' | 'coming' | 'now'>,
): Promise<FrameStep> {
  const fileId = newId('file')
  const edit = await prepareEdit({
    ...options,
    fileId,
    body: orderOf(frame),
    idempotencyKey: null,
  })
  if (edit.kind !== 'start') throw new Error('an edit without a key is always a start')
  return { does: 'frame', fileId, edit }
}

interface Taken {
  id: string
  /** One in the trash says what was made with it, and is not used for anything more. */
  isTrashed: boolean
}

const framesAtMost = 1_000

/** The frames that were taken of some videos, and those that are taken with this run. */
export class Frames {
  private readonly taken: ReadonlyMap<string, readonly Taken[]>
  private readonly added = new Map<string, string>()

  private constructor(taken: ReadonlyMap<string, readonly Taken[]>) {
    this.taken = taken
  }

  static async of(ownerId: string, videos: readonly string[]): Promise<Frames> {
    const hashes = videos.flatMap((video) => [
      hashOf({ video, at: 'first' }),
      hashOf({ video, at: 'last' }),
    ])
    if (hashes.length === 0) return new Frames(new Map())
    const { id, settingsHash, state, deletedAt, finishedAt } = generation
    const isTaken = and(inArray(settingsHash, hashes), eq(state, 'completed'), isNull(deletedAt))
    const rows = await database()
      .select({ id, hash: settingsHash, trashedAt: libraryItem.trashedAt })
      .from(generation)
      .innerJoin(libraryItem, eq(libraryItem.id, id))
      .where(and(eq(generation.ownerId, ownerId), isTaken))
      .orderBy(desc(finishedAt))
      .limit(framesAtMost)
    const taken = rows.map((row) => ({ ...row, isTrashed: row.trashedAt !== null }))
    return new Frames(Map.groupBy(taken, ({ hash }) => hash))
  }

  /** The one among some inputs, which something was made with; else the one that would be used now. */
  among(inputs: readonly string[], frame: Frame): string | undefined {
    const found = this.taken.get(hashOf(frame))?.find(({ id }) => inputs.includes(id))
    return found?.id ?? this.ready(frame)
  }

  /** The one that is there, or is taken with this run. */
  ready(frame: Frame): string | undefined {
    const hash = hashOf(frame)
    return this.added.get(hash) ?? this.taken.get(hash)?.find(({ isTrashed }) => !isTrashed)?.id
  }

  /** Says that one is taken with this run. */
  add(frame: Frame, id: string) {
    this.added.set(hashOf(frame), id)
  }
}
