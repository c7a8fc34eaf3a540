import type {
  LimitsView,
  ParkedPaymentView,
  SpendingView,
  UncertainEntry,
} from '#lib/contract/people/admin-money'
import type { CodeBatchView } from '#lib/contract/people/credits'
import { hasFields } from '#lib/contract/problem'
import { act, ask } from './ask-people.ts'

// The money of the installation, for its owner and admins.

const codes = '/api/admin/codes'
const limits = '/api/admin/limits'
const payments = '/api/admin/payments'
const uncertain = '/api/admin/uncertain'

/** What was spent in a month, `2026-11`. */
export function readSpending(month: string): Promise<SpendingView> {
  return ask('GET', `/api/admin/spending?${new URLSearchParams({ month })}`, isSpending)
}

export interface GrantWish {
  /** By email address or name. */
  owner: string
  /** Below zero, credits are taken back. */
  usd: number
  note: string
}

interface Granted {
  owner: { name: string }
  availableUsd: number
}

/** Gives credits, once for each `intention`. */
export function grantCredits({ owner, usd, note }: GrantWish, intention: string): Promise<Granted> {
  const body = { owner, usd, ...(note && { note }) }
  return ask('POST', '/api/admin/grants', isGranted, body, { 'idempotency-key': intention })
}

interface LimitsPage {
  limits: LimitsView[]
  nextCursor: string | null
}

export function readLimits(cursor: string | null): Promise<LimitsPage> {
  return ask('GET', `${limits}?${cursorQuery(cursor)}`, isLimitsPage)
}

export interface LimitWish {
  dayUsd: number | null
  monthUsd: number | null
}

/** Limits of a scope; or of an owner, by email address or name. */
export async function setLimits(of: { scope: string } | { owner: string }, wish: LimitWish) {
  await act('PUT', limits, { ...of, ...wish })
}

interface UncertainPage {
  entries: UncertainEntry[]
  nextCursor: string | null
}

export function readUncertain(cursor: string | null): Promise<UncertainPage> {
  return ask('GET', `${uncertain}?${cursorQuery(cursor)}`, isUncertainPage)
}

export interface Settlement {
  chargeUsd: number
  /** What the studio paid beyond that. */
  ownUsd: number
  note: string
}

export async function settleByHand(fileId: string, { note, ...amounts }: Settlement) {
  await act('POST', `${uncertain}/${encodeURIComponent(fileId)}`, {
    ...amounts,
    ...(note && { note }),
  })
}

/** Payments that came in without a record and wait for an admin. */
export async function readParked(): Promise<ParkedPaymentView[]> {
  return (await ask('GET', payments, isParkedList)).payments
}

interface Credited {
  owner: { name: string }
  usd: number
}

/** Credits one to an owner, by email address or name. */
export function creditParked(id: string, { owner, note }: { owner: string; note: string }) {
  const body = { owner, ...(note && { note }) }
  return ask('POST', `${payments}/${encodeURIComponent(id)}`, isCredited, body)
}

interface BatchesPage {
  batches: CodeBatchView[]
  nextCursor: string | null
}

export function readCodes(cursor: string | null): Promise<BatchesPage> {
  return ask('GET', `${codes}?${cursorQuery(cursor)}`, isBatchesPage)
}

export interface CodesWish {
  count: number
  usd: number
  /** Null for ever. */
  days: number | null
  note: string
}

/** New codes, shown once. */
export async function makeCodes({ count, usd, days, note }: CodesWish): Promise<string[]> {
  const body = { count, usd, ...(days !== null && { days }), ...(note && { note }) }
  return (await ask('POST', codes, isCodes, body)).codes
}

export async function revokeCodes(batchId: string) {
  await act('DELETE', `${codes}/${encodeURIComponent(batchId)}`)
}

function cursorQuery(cursor: string | null) {
  return new URLSearchParams({ ...(cursor && { cursor }) })
}

function isSpending(value: unknown): value is SpendingView {
  return hasFields(value, { month: 'string', usd: 'number' })
}

function isGranted(value: unknown): value is Granted {
  return hasFields(value, { owner: 'object', availableUsd: 'number' })
}

function isLimitsPage(value: unknown): value is LimitsPage {
  return Array.isArray((value as LimitsPage | null)?.limits)
}

function isUncertainPage(value: unknown): value is UncertainPage {
  return Array.isArray((value as UncertainPage | null)?.entries)
}

function isParkedList(value: unknown): value is { payments: ParkedPaymentView[] } {
  return Array.isArray((value as { payments?: unknown } | null)?.payments)
}

function isCredited(value: unknown): value is Credited {
  return hasFields(value, { owner: 'object', usd: 'number' })
}

function isBatchesPage(value: unknown): value is BatchesPage {
  return Array.isArray((value as BatchesPage | null)?.batches)
}

function isCodes(value: unknown): value is { codes: string[] } {
  return Array.isArray((value as { codes?: unknown } | null)?.codes)
}
