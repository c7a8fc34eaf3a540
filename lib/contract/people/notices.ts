import type { MadeKind, MediaType } from '../generation.ts'

/** What a user is told of: a video is there, has failed, takes longer than usual, or waits for a decision about money. */
export const noticeKinds = [
  'video.completed',
  'video.failed',
  'video.delayed',
  'video.decision',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** The ways to tell a person. The bell is always there; outgoing webhooks are for programs, and are set up apart. */
export const personalChannels = ['push', 'telegram', 'mail'] as const
export type PersonalChannel = (typeof personalChannels)[number]

/** Which channels a user is told by, and of what. */
export interface NoticeSettings {
  channels: Record<PersonalChannel, boolean>
  kinds: Record<NoticeKind, boolean>
}

export const defaultNoticeSettings: NoticeSettings = {
  channels: { push: true, telegram: true, mail: false },
  kinds: {
    'video.completed': true,
    'video.failed': true,
    'video.delayed': true,
    'video.decision': true,
  },
}

/** One try to deliver: when, and what was answered. `status` is the HTTP status, null where none came. */
export interface NoticeTry {
  at: string
  status: number | null
  /** In our words: never what the other side said. */
  code: 'ok' | 'refused' | 'gone' | 'too_many' | 'unreachable' | 'blocked_address' | 'timed_out'
}

/** A notice in the bell. `GET /api/notices?cursor=&limit=` answers a page of them, newest first. */
export interface NoticeView {
  id: string
  kind: NoticeKind
  fileId: string
  /** What it is about. */
  type: MediaType
  /** What it is called; null once that is deleted. */
  made: MadeKind | null
  createdAt: string
  isSeen: boolean
  /** Of its video; null once that is deleted. */
  prompt: string | null
  /** The chat it was made in, where it was. */
  chatId: string | null
}

/** The page that shows what a notice is about, below the studio's own address. */
export function pageOf({ type, fileId }: { type: MediaType; fileId: string }) {
  return `/tools/${type}-generator?${type}=${fileId}`
}

export interface NoticePage {
  notices: NoticeView[]
  /** How many were not seen, counted to 100. */
  unseen: number
  nextCursor: string | null
}

export function isNoticePage(value: unknown): value is NoticePage {
  const page = value as NoticePage | null
  return Array.isArray(page?.notices) && typeof page.unseen === 'number'
}

/** `GET /api/notices/settings`. */
export interface NoticeSettingsView extends NoticeSettings {
  locale: 'en' | 'ru'
  /** The channels that this installation has. */
  available: PersonalChannel[]
}

export function isNoticeSettingsView(value: unknown): value is NoticeSettingsView {
  return Array.isArray((value as NoticeSettingsView | null)?.available)
}

/** How a test message went: the answer of each address. `POST /api/notices/test`. */
export interface NoticeTestAnswer {
  answers: NoticeTry[]
}

export function isNoticeTestAnswer(value: unknown): value is NoticeTestAnswer {
  return Array.isArray((value as NoticeTestAnswer | null)?.answers)
}

/** An address that is told by an outgoing webhook. */
export interface EndpointView {
  id: string
  url: string
  kinds: NoticeKind[]
  /** Off after its server has answered 410, or as its owner wishes. */
  isOn: boolean
  createdAt: string
}

/** `GET /api/notices/endpoints`. */
export interface EndpointsAnswer {
  endpoints: EndpointView[]
  /** What the webhooks are signed with; null before the first endpoint. */
  secret: string | null
  /** Until when the secret before it is signed with, too. */
  formerUntil: string | null
}

export function isEndpointsAnswer(value: unknown): value is EndpointsAnswer {
  return Array.isArray((value as EndpointsAnswer | null)?.endpoints)
}

/** One event for one address, with the answers to it. */
export interface DeliveryView {
  id: string
  kind: NoticeKind
  fileId: string
  url: string
  state: 'due' | 'sent' | 'failed' | 'dropped'
  tries: number
  /** When it is tried next; null where it is not. */
  nextAt: string | null
  answers: NoticeTry[]
  createdAt: string
}

/** `GET /api/notices/deliveries?cursor=&limit=`. */
export interface DeliveryPage {
  deliveries: DeliveryView[]
  nextCursor: string | null
}

export function isDeliveryPage(value: unknown): value is DeliveryPage {
  return Array.isArray((value as DeliveryPage | null)?.deliveries)
}

export const callbackUrlMaxLength = 2_000
