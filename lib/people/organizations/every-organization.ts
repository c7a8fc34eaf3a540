import { sql } from 'drizzle-orm'
import type { OrganizationsPage } from '#lib/contract/people/admin'
import { database } from '../../db/client.ts'

const pageSize = 50

interface Row extends Record<string, unknown> {
  id: string
  name: string
  members: number
  at: string
  ms: number
}

/** The organizations of the installation, newest first, a page at a time. */
export async function listOrganizations(cursor: string): Promise<OrganizationsPage> {
  const [at, id] = Buffer.from(cursor, 'base64url').toString().split('|')
  const isPlace = id !== undefined && !Number.isNaN(Date.parse(at ?? ''))
  const behind = isPlace ? sql`where (o.created_at, o.id) < (${at}::timestamptz, ${id})` : sql``
  const { rows } = await database().execute<Row>(sql`
    select o.id, o.name, o.created_at::text as at,
      (extract(epoch from o.created_at) * 1000)::float8 as ms,
      (select count(*)::int from member m where m.organization_id = o.id) as members
    from organization o ${behind}
    order by o.created_at desc, o.id desc limit ${pageSize + 1}`)
  const page = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? page.at(-1) : undefined
  return {
    organizations: page.map(({ ms, at: _, ...row }) => ({
      ...row,
      createdAt: new Date(ms).toISOString(),
    })),
    nextCursor: last ? Buffer.from(`${last.at}|${last.id}`).toString('base64url') : null,
  }
}
