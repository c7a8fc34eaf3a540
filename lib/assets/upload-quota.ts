import { message } from '#lib/messages/message'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { asset } from '../db/asset-schema.ts'
import { database } from '../db/client.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { processWide } from '../process-wide.ts'

const megabyte = 1024 ** 2
const totalIsFreshMs = 10_000

/** How many uploads that nothing was started from may lie here, and how much they may weigh. */
export interface UploadQuota {
  countAnOwner: number
  bytesAnOwner: number
  bytesInTotal: number
}

export function uploadQuota(): UploadQuota {
  const { UNUSED_UPLOADS, UNUSED_UPLOADS_MB, UNUSED_UPLOADS_TOTAL_MB } = env()
  return {
    countAnOwner: UNUSED_UPLOADS,
    bytesAnOwner: UNUSED_UPLOADS_MB * megabyte,
    bytesInTotal: UNUSED_UPLOADS_TOTAL_MB * megabyte,
  }
}

/** The same for what is imported into the library, which stays until its owner deletes it. */
export function importQuota(): UploadQuota {
  const { IMPORTS, IMPORTS_MB, IMPORTS_TOTAL_MB } = env()
  return {
    countAnOwner: IMPORTS,
    bytesAnOwner: IMPORTS_MB * megabyte,
    bytesInTotal: IMPORTS_TOTAL_MB * megabyte,
  }
}

/**
 * Throws `upload_quota_reached` where an owner, or all owners together, keep as many unused uploads as they may. What it
 * costs grows with the quota and not with the rows; the total is counted every 10 seconds at most.
 */
export async function assertQuota(
  ownerId: string,
  quota: UploadQuota,
  which: keyof typeof counted = 'unused',
) {
  const { count, bytes } = await countOf(ownerId, which)
  if (count >= quota.countAnOwner || bytes >= quota.bytesAnOwner) throw tooManyOfOwner(quota, which)
  if ((await inTotal(which)) >= quota.bytesInTotal) throw tooManyInTotal(which)
}

/** No input of a generation yet: taking one makes it younger than it is old. */
const isUnused = and(
  isNull(asset.generationId),
  sql`${asset.usedAt} = ${asset.createdAt}`,
  sql`not ${asset.isKept}`,
)

const counted = { unused: isUnused, kept: sql`is_kept` }

async function countOf(ownerId: string, which: keyof typeof counted) {
  const [found] = await database()
    .select({ count: sql<string>`count(*)`, bytes: sql<string>`coalesce(sum(size_bytes), 0)` })
    .from(asset)
    .where(and(counted[which], eq(asset.ownerId, ownerId)))
  return { count: Number(found!.count), bytes: Number(found!.bytes) }
}

interface Total {
  bytes: number
  countedAt: number
}

async function inTotal(which: keyof typeof counted) {
  const total = processWide(`${which} uploads`, (): Total => ({ bytes: 0, countedAt: -Infinity }))
  if (performance.now() - total.countedAt < totalIsFreshMs) return total.bytes
  total.countedAt = performance.now()
  const [found] = await database()
    .select({ bytes: sql<string>`coalesce(sum(size_bytes), 0)` })
    .from(asset)
    .where(counted[which])
  total.bytes = Number(found!.bytes)
  return total.bytes
}

function tooManyOfOwner({ countAnOwner, bytesAnOwner }: UploadQuota, which: keyof typeof counted) {
  const most = { count: countAnOwner, size: { bytes: bytesAnOwner } }
  const isOfForms = which === 'unused'
  return new AppError('upload_quota_reached', {
    userMessage: isOfForms ? message('upload.quota', most) : message('upload.importQuota', most),
    logMessage: `an owner keeps too many ${which} uploads`,
  })
}

function tooManyInTotal(which: keyof typeof counted) {
  const isOfForms = which === 'unused'
  const setting = isOfForms ? 'UNUSED_UPLOADS_TOTAL_MB' : 'IMPORTS_TOTAL_MB'
  return new AppError('upload_quota_reached', {
    userMessage: isOfForms ? message('upload.quotaTotal') : message('upload.importQuotaTotal'),
    logMessage: `all owners together keep too many ${which} uploads: see ${setting}`,
  })
}
