export type { FileRow } from '../db/schema.ts'
