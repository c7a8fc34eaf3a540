import {
  type DeliveryPage,
  type EndpointsAnswer,
  type EndpointView,
  type NoticeKind,
  type NoticePage,
  type NoticeSettingsView,
  type NoticeTestAnswer,
  type PersonalChannel,
  isDeliveryPage,
  isEndpointsAnswer,
  isNoticePage,
  isNoticeSettingsView,
  isNoticeTestAnswer,
} from '#lib/contract/people/notices'
import { hasFields } from '#lib/contract/problem'
import { act, ask } from './ask-people.ts'

const path = '/api/notices'
const behind = (cursor?: string) => (cursor ? `?cursor=${encodeURIComponent(cursor)}` : '')
const endpointPath = (id: string) => `${path}/endpoints/${encodeURIComponent(id)}`

/** What happened to one's videos, newest first. */
export function readNotices(cursor?: string): Promise<NoticePage> {
  return ask('GET', path + behind(cursor), isNoticePage)
}

/** Marks as seen: all up to a moment, or those of videos that this page shows. */
export async function markSeen(seen: { until: string } | { fileIds: string[] }) {
  await act('POST', `${path}/seen`, seen)
}

export function readNoticeSettings(): Promise<NoticeSettingsView> {
  return ask('GET', `${path}/settings`, isNoticeSettingsView)
}

export function saveNoticeSettings({
  channels,
  kinds,
  locale,
}: NoticeSettingsView): Promise<NoticeSettingsView> {
  const body = { channels, kinds, locale }
  return ask('PUT', `${path}/settings`, isNoticeSettingsView, body)
}

export function testChannel(channel: PersonalChannel): Promise<NoticeTestAnswer> {
  return ask('POST', `${path}/test`, isNoticeTestAnswer, { channel })
}

/** The addresses that webhooks of the active account or organization go to. */
export function readEndpoints(): Promise<EndpointsAnswer> {
  return ask('GET', `${path}/endpoints`, isEndpointsAnswer)
}

export function addEndpoint(wish: { url: string; kinds: NoticeKind[] }): Promise<EndpointView> {
  return ask('POST', `${path}/endpoints`, isEndpoint, wish)
}

export async function turnEndpoint(id: string, isOn: boolean) {
  await ask('PATCH', endpointPath(id), isEndpoint, { isOn })
}

export async function removeEndpoint(id: string) {
  await act('DELETE', endpointPath(id))
}

export function testEndpoint(id: string): Promise<NoticeTestAnswer> {
  return ask('POST', `${endpointPath(id)}/test`, isNoticeTestAnswer)
}

export async function changeSecret() {
  await ask('POST', `${path}/secret`, isEndpointsAnswer)
}

/** What was sent by webhooks, newest first. */
export function readDeliveries(cursor?: string): Promise<DeliveryPage> {
  return ask('GET', `${path}/deliveries${behind(cursor)}`, isDeliveryPage)
}

export async function sendAgain(id: string) {
  await act('POST', `${path}/deliveries/${encodeURIComponent(id)}/again`)
}

function isEndpoint(value: unknown): value is EndpointView {
  return hasFields(value, { id: 'string', url: 'string' })
}
