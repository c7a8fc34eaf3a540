import type { FileNews } from '#lib/contract/file-view'
import { sql } from 'drizzle-orm'
import type { GenerationRow } from './row.ts'
import { isFinalState } from './states.ts'
import type { Change } from './transitions/change.ts'

/** The database's channel for what the open pages of an owner are told. */
export const newsChannel = 'generation_news'

/** What travels on it: whose news it is, and the news itself. */
export interface OwnedNews extends FileNews {
  ownerId: string
}

/**
 * Sends a piece of news with the commit of the transaction. It is a column of the statement that writes the row, so
 * that the write is still one statement, and no row is changed without its news.
 */
export function tells(news: OwnedNews) {
  return { told: sql<string>`pg_notify(${newsChannel}, ${JSON.stringify(news)})`.as('told') }
}

/** The row that a statement wrote, without the news. */
export function withoutTold<Row extends object>({ told: _, ...row }: Row & { told?: string }) {
  return row
}

type Told = Pick<GenerationRow, 'id' | 'ownerId' | 'state' | 'deletedAt' | 'version'> &
  Pick<GenerationRow, 'originDoor' | 'originPlace'>

/** What a change of a row is to the lists of its owner: its end, its return to work, another poster, its deletion; else no news. */
export function newsOf(
  row: Told,
  { patch: { state, deletedAt }, isShown }: Pick<Change, 'patch' | 'isShown'>,
): OwnedNews | undefined {
  if (row.deletedAt) return undefined
  const isEnd = state !== undefined && (isFinalState(state) || isFinalState(row.state))
  if (!isEnd && !deletedAt && !isShown) return undefined
  const change = deletedAt ? 'deleted' : isEnd ? 'ended' : 'changed'
  return { ...placeOf(row), version: row.version + 1, change }
}

/** The news of a row that is being inserted. */
export function newsOfStart(row: Pick<Told, 'id' | 'ownerId'> & Partial<Told>): OwnedNews {
  return { ...placeOf(row), version: 1, change: 'started' }
}

function placeOf(row: Pick<Told, 'id' | 'ownerId'> & Partial<Told>) {
  const isOfChat = row.originDoor === 'chat' || row.originDoor === 'canvas'
  const chatId = isOfChat ? row.originPlace?.chatId : undefined
  return { ownerId: row.ownerId, fileId: row.id, ...(chatId && { chatId }) }
}

/** A notification as news; undefined where it is not of this form. */
export function parseNews(payload: string | undefined): OwnedNews | undefined {
  try {
    const news = JSON.parse(payload ?? '') as Partial<OwnedNews> | null
    return news?.ownerId && news.fileId && news.change ? (news as OwnedNews) : undefined
  } catch {
    return undefined
  }
}
