import { pool } from './client.ts'

/** Resolves where the database answers. */
export async function pingDatabase() {
  await pool().query('select 1')
}
