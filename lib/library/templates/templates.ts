import { and, count, desc, eq, or, sql } from 'drizzle-orm'
import { type MediaType } from '#lib/contract/generation'
import {
  type NewTemplate,
  type TemplateChange,
  type TemplateView,
  isFoundBy,
  templatesAtMost,
} from '#lib/contract/library/templates'
import type { Caller } from '#lib/contract/people/caller'
import { mayManage } from '#lib/contract/people/organization'
import type { Locale } from '#lib/messages/locales'
import { message } from '#lib/messages/message'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { type TemplateRow, template, templateStar } from '../../db/library-schema.ts'
import { AppError } from '../../errors.ts'
import { isOrganization, newId } from '../../ids.ts'
import { memberOf } from '../../people/organizations/membership.ts'
import { ourTemplates } from './ours.ts'

type Reader = Pick<Caller, 'ownerId' | 'userId'>

interface Wanted {
  kind?: MediaType | undefined
  q?: string | undefined
}

/**
 * The templates a caller can use, in the language of the request: starred ones first, then the newest, then ours. In an
 * organization these are the shared ones and the caller's own; those who manage it have all.
 */
export async function listTemplates(
  caller: Reader,
  locale: Locale,
  { kind, q = '' }: Wanted = {},
): Promise<TemplateView[]> {
  const isManager = await managesOwner(caller)
  const [rows, starred] = await Promise.all([rowsOf(caller, isManager), starsOf(selfOf(caller))])
  const own = rows.map((row) => viewOf(row, { caller, isManager, starred }))
  const ours = ourTemplates(locale).map((one) => ({ ...one, isStarred: starred.has(one.id) }))
  return [...own, ...ours]
    .filter((one) => (!kind || one.kind === kind) && isFoundBy(one, q))
    .toSorted((a, b) => Number(b.isStarred) - Number(a.isStarred))
}

/** Saves a template for the caller's owner; in an organization it is shared only where it says so. */
export async function makeTemplate(caller: Reader, made: NewTemplate): Promise<TemplateView> {
  const { ownerId } = caller
  const isManager = await managesOwner(caller)
  return inTransaction(async (tx) => {
    const [known] = await tx
      .select({ total: count() })
      .from(template)
      .where(eq(template.ownerId, ownerId))
    if (known!.total >= templatesAtMost) throw tooMany()
    const [row] = await tx
      .insert(template)
      .values({
        id: newId('template'),
        ownerId,
        madeBy: selfOf(caller),
        isShared: made.isShared ?? false,
        name: made.name,
        kind: made.kind,
        settings: made.settings,
        createdAt: sql`now()`,
      })
      .returning()
    return viewOf(row!, { caller, isManager, starred: new Set() })
  })
}

/**
 * Changes a template, of which `readSettings` checks the settings by its kind. A star is the caller's own, on any template
 * there is; everything else is for its maker and for those who manage the organization. Throws `not_found` where the
 * caller has no such template, `forbidden` where it is not theirs to change.
 */
export async function changeTemplate(
  caller: Reader,
  id: string,
  { isStarred, ...change }: Omit<TemplateChange, 'settings'> & { settings?: unknown },
  {
    locale,
    readSettings,
  }: {
    locale: Locale
    readSettings: (kind: MediaType, settings: unknown) => TemplateRow['settings']
  },
): Promise<TemplateView> {
  const ours = ourTemplates(locale).find((one) => one.id === id)
  const isChange = Object.values(change).some((value) => value !== undefined)
  if (ours && isChange) throw isOfTheStudio()
  const isManager = await managesOwner(caller)
  return inTransaction(async (tx) => {
    const row = ours ? undefined : await lockRow(tx, caller, { id, isManager })
    if (row && isChange && !canChange(row, caller, isManager)) throw ofAnother()
    const changed = row && isChange ? await write(tx, row, change, readSettings) : row
    if (isStarred !== undefined) await setStar(tx, selfOf(caller), id, isStarred)
    const starred = await starsOf(selfOf(caller), tx)
    if (changed) return viewOf(changed, { caller, isManager, starred })
    return { ...ours!, isStarred: starred.has(id) }
  })
}

/** Deletes a template, and every star on it. Throws like `changeTemplate`. */
export async function deleteTemplate(caller: Reader, id: string) {
  if (ourTemplates('en').some((one) => one.id === id)) throw isOfTheStudio()
  const isManager = await managesOwner(caller)
  await inTransaction(async (tx) => {
    const row = await lockRow(tx, caller, { id, isManager })
    if (!canChange(row, caller, isManager)) throw ofAnother()
    await tx.delete(template).where(eq(template.id, id))
    await tx.delete(templateStar).where(eq(templateStar.templateId, id))
  })
}

/** Whose star it is, and who is the maker: the account; of a key of an organization, that organization. */
function selfOf({ ownerId, userId }: Reader) {
  return userId || ownerId
}

/**
 * Whether a caller manages all templates of the owner: their own, or those of an organization they manage. So does a key
 * of an organization: only those who manage it make one.
 */
async function managesOwner({ ownerId, userId }: Reader) {
  if (!isOrganization(ownerId) || userId === '') return true
  const role = await memberOf(userId, ownerId)
  return role !== undefined && mayManage(role)
}

function isReadable(caller: Reader, isManager: boolean) {
  const ofOwner = eq(template.ownerId, caller.ownerId)
  if (isManager) return ofOwner
  return and(ofOwner, or(eq(template.isShared, true), eq(template.madeBy, selfOf(caller))))
}

function rowsOf(caller: Reader, isManager: boolean) {
  return database()
    .select()
    .from(template)
    .where(isReadable(caller, isManager))
    .orderBy(desc(template.createdAt), desc(template.id))
    .limit(templatesAtMost)
}

async function lockRow(
  tx: Transaction,
  caller: Reader,
  { id, isManager }: { id: string; isManager: boolean },
) {
  const isMeant = and(eq(template.id, id), isReadable(caller, isManager))
  const [row] = await tx.select().from(template).where(isMeant).for('update')
  if (!row) throw noTemplate()
  return row
}

async function write(
  tx: Transaction,
  { id, kind }: TemplateRow,
  { name, isShared, settings }: Omit<TemplateChange, 'settings'> & { settings?: unknown },
  readSettings: (kind: MediaType, settings: unknown) => TemplateRow['settings'],
) {
  const [row] = await tx
    .update(template)
    .set({
      ...(name !== undefined && { name }),
      ...(isShared !== undefined && { isShared }),
      ...(settings !== undefined && { settings: readSettings(kind, settings) }),
    })
    .where(eq(template.id, id))
    .returning()
  return row
}

async function setStar(tx: Transaction, userId: string, templateId: string, isStarred: boolean) {
  if (isStarred) await tx.insert(templateStar).values({ userId, templateId }).onConflictDoNothing()
  else
    await tx
      .delete(templateStar)
      .where(and(eq(templateStar.userId, userId), eq(templateStar.templateId, templateId)))
}

async function starsOf(userId: string, db: Pick<Transaction, 'select'> = database()) {
  const rows = await db
    .select({ id: templateStar.templateId })
    .from(templateStar)
    .where(eq(templateStar.userId, userId))
  return new Set(rows.map(({ id }) => id))
}

function canChange({ madeBy }: TemplateRow, caller: Reader, isManager: boolean) {
  return isManager || madeBy === selfOf(caller)
}

function viewOf(
  row: TemplateRow,
  { caller, isManager, starred }: { caller: Reader; isManager: boolean; starred: Set<string> },
): TemplateView {
  const { id, name, kind, settings, isShared, createdAt } = row
  return {
    id,
    name,
    kind,
    settings,
    isOurs: false,
    isShared: isShared && isOrganization(row.ownerId),
    isStarred: starred.has(id),
    canChange: canChange(row, caller, isManager),
    createdAt: createdAt.toISOString(),
  }
}

/** The one answer for a stranger's, a deleted and a never-seen template. */
function noTemplate() {
  return new AppError('not_found', { userMessage: message('errors.noTemplate') })
}

function isOfTheStudio() {
  return new AppError('forbidden', { userMessage: message('errors.templateOfTheStudio') })
}

function ofAnother() {
  return new AppError('forbidden', { userMessage: message('errors.templateOfAnother') })
}

function tooMany() {
  return new AppError('not_possible_now', {
    userMessage: message('errors.tooManyTemplates', { limit: templatesAtMost }),
  })
}
