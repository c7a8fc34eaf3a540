import { newIdempotencyKey } from '#lib/ai/api/new-id'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { MediaType } from '#lib/contract/generation'
import { type BatchRequest, batchMaxRows } from '#lib/contract/library/batch'
import type { Sentence } from '#lib/messages/message'

/** The picture of a row, the first frame of a video or what an image is made after: uploaded as soon as it is there. */
export interface RowPicture {
  name: string
  preview: string
  /** Of the upload; undefined until it has ended. */
  id?: string
  problem?: Sentence
}

/** A row as it is typed. What is empty is left to the model. */
export interface Row {
  key: string
  prompt: string
  model: string
  aspectRatio: string
  duration: string
  resolution: string
  seed: string
  negativePrompt: string
  variations: string
  picture: RowPicture | null
}

export type Column = Exclude<keyof Row, 'key' | 'picture'>

export function emptyRow(values: Partial<Row> = {}): Row {
  return {
    key: newIdempotencyKey(),
    prompt: '',
    model: '',
    aspectRatio: '',
    duration: '',
    resolution: '',
    seed: '',
    negativePrompt: '',
    variations: '',
    picture: null,
    ...values,
  }
}

/** Names a column may have in a file, in small letters without spaces, dashes and underscores. */
const columnNames: Record<string, Column> = {
  prompt: 'prompt',
  промпт: 'prompt',
  model: 'model',
  модель: 'model',
  aspectratio: 'aspectRatio',
  format: 'aspectRatio',
  ratio: 'aspectRatio',
  формат: 'aspectRatio',
  duration: 'duration',
  seconds: 'duration',
  длительность: 'duration',
  секунды: 'duration',
  resolution: 'resolution',
  разрешение: 'resolution',
  seed: 'seed',
  negativeprompt: 'negativePrompt',
  variations: 'variations',
  варианты: 'variations',
}

export interface ReadTable {
  rows: Row[]
  /** Columns of the file that no row has. */
  unknown: string[]
  /** How many rows did not fit. */
  left: number
}

/**
 * A table as cells: with a first line of column names, or, where it names none, the prompts in its first column. Blank
 * lines are left out, and what is beyond the largest batch.
 */
export function readCells(cells: string[][]): ReadTable {
  const lines = cells.filter((line) => line.some((cell) => cell.trim() !== ''))
  const named = (lines[0] ?? []).map((cell) => columnNames[plain(cell)])
  const hasNames = named.includes('prompt')
  const columns = hasNames ? named : (['prompt'] as const)
  const body = hasNames ? lines.slice(1) : lines
  const rows = body.slice(0, batchMaxRows).map((line) => {
    const values = columns.flatMap((column, index) =>
      column ? [[column, (line[index] ?? '').trim()] as const] : [],
    )
    return emptyRow(Object.fromEntries(values))
  })
  const unknown = hasNames ? lines[0]!.filter((cell, index) => cell.trim() && !named[index]) : []
  return { rows, unknown, left: Math.max(0, body.length - batchMaxRows) }
}

function plain(name: string) {
  return name.toLowerCase().replaceAll(/[\s_\-\uFEFF]/g, '')
}

/** Rows that say anything; the others are where the next is typed. */
export function filledRows(rows: readonly Row[]) {
  return rows.filter((row) => row.prompt.trim() !== '' || row.picture !== null)
}

/** The rows as one request. A number that is none is sent as it is typed: the answer says what it may be. */
export function toBatchRequest(
  rows: readonly Row[],
  name: string,
  kind: MediaType = 'video',
): BatchRequest {
  return {
    ...(name.trim() && { name: name.trim() }),
    ...(kind !== 'video' && { kind }),
    rows: filledRows(rows).map((row) => toRequest(row, kind)),
  }
}

function toRequest(row: Row, kind: MediaType): GenerateVideoRequest {
  const text = (['model', 'aspectRatio', 'resolution', 'negativePrompt'] as const).filter(
    (column) => row[column].trim() !== '',
  )
  const numbers = (['duration', 'seed', 'variations'] as const).filter(
    (column) => row[column].trim() !== '',
  )
  return {
    prompt: row.prompt,
    ...Object.fromEntries(text.map((column) => [column, row[column].trim()])),
    ...Object.fromEntries(numbers.map((column) => [column, numberOf(row[column])])),
    ...(row.picture?.id && { inputs: inputsOf(row.picture.id, kind) }),
  }
}

function inputsOf(id: string, kind: MediaType) {
  return kind === 'image' ? { references: [id] } : { firstFrame: id }
}

function numberOf(text: string) {
  const number = Number(text.trim().replace(',', '.'))
  return Number.isNaN(number) ? text.trim() : number
}

/** Pictures in order, one for each row that has none; rows are added where there are more pictures. */
export function withPictures(rows: readonly Row[], pictures: readonly RowPicture[]): Row[] {
  const waiting = [...pictures]
  const paired = rows.map((row) =>
    row.picture === null && waiting.length > 0 ? { ...row, picture: waiting.shift()! } : row,
  )
  const room = batchMaxRows - paired.length
  return [...paired, ...waiting.slice(0, room).map((picture) => emptyRow({ picture }))]
}

/** How many pictures these rows can still take, those that can be added among them. */
export function roomForPictures(rows: readonly Row[]) {
  return batchMaxRows - rows.filter(({ picture }) => picture !== null).length
}

/** What is wrong, by the key of the row: `rows.3.prompt` of the answer is the fourth row that was sent. */
export function faultsByRow(
  rows: readonly Row[],
  errors: readonly { field: string; message: Sentence }[],
): Map<string, Sentence[]> {
  const sent = filledRows(rows)
  const faults = new Map<string, Sentence[]>()
  for (const { field, message } of errors) {
    const index = Number(/^rows\.(\d+)/.exec(field)?.[1] ?? Number.NaN)
    const key = sent[index]?.key
    if (key) faults.set(key, [...(faults.get(key) ?? []), message])
  }
  return faults
}
