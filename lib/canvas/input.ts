import type { z } from 'zod'
import {
  type CanvasChange,
  type CanvasPatch,
  canvasChangeSchema,
  canvasLimits,
  canvasPatchSchema,
  newCanvasSchema,
} from '#lib/contract/canvas/canvas'
import { message } from '#lib/messages/message'
import { invalidField } from '../errors.ts'
import { assertStorable } from './storable.ts'

/** What `PATCH /api/canvas/<id>` says. Throws `invalid_input` with the faulty field, as in `changes[3].node.x`. */
export function patchOf(body: unknown): CanvasPatch {
  assertStorable(body)
  const { changes, ...head } = objectOf(body)
  if (!Array.isArray(changes) || changes.length > canvasLimits.changes)
    throw invalidField(
      'changes',
      message('canvasList.error.changes', { limit: canvasLimits.changes }),
    )
  const patch = checked(canvasPatchSchema, { ...head, changes: [] }, '')
  return { ...patch, changes: changes.map(changeOf) }
}

function changeOf(change: unknown, index: number): CanvasChange {
  return checked(canvasChangeSchema, change, `changes[${index}]`)
}

export function objectOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  throw invalidField('body', message('errors.sendObject'))
}

interface Schema<T> {
  safeParse(value: unknown): { data?: T; error?: { issues: z.core.$ZodIssue[] } | undefined }
}

/** A value by its schema. Throws `invalid_input` with its first faulty field, below the path where it stands. */
export function checked<T>(schema: Schema<T>, value: unknown, path: string): T {
  const { data, error } = schema.safeParse(value)
  if (!error) return data as T
  const issue = error.issues[0]!
  const names = issue.code === 'unrecognized_keys' ? [issue.keys[0]!] : issue.path
  const field = names.reduce<string>(
    (before, name) =>
      typeof name === 'number' ? `${before}[${name}]` : joined(before, String(name)),
    path,
  )
  throw invalidField(field || 'body', message('canvasChange.faultyField'))
}

function joined(before: string, name: string) {
  return before ? `${before}.${name}` : name
}

/** Bytes of a patch. */
export const patchMaxBytes = 4 * 1024 ** 2

/** The name in `POST /api/canvas`; without one it is empty. */
export function nameOf(body: unknown): string {
  assertStorable(body)
  return checked(newCanvasSchema, objectOf(body), '').name ?? ''
}

/** `?since=`; without it, and where it is no version, 0. */
export function sinceOf(url: string): number {
  const since = Number(new URL(url).searchParams.get('since') ?? 0)
  return Number.isSafeInteger(since) && since > 0 ? since : 0
}
