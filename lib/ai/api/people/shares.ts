import {
  type ShareView,
  type ShareWish,
  isShareView,
  isSharesAnswer,
} from '#lib/contract/people/shares'
import { act, ask } from './ask-people.ts'

const pathOf = (fileId: string) => `/api/file/${fileId}/shares`

/** The links to a video that are not revoked, newest first. */
export async function readShares(fileId: string): Promise<ShareView[]> {
  return (await ask('GET', pathOf(fileId), isSharesAnswer)).shares
}

export function makeShare(fileId: string, wish: ShareWish): Promise<ShareView> {
  return ask('POST', pathOf(fileId), isShareView, wish)
}

export function revokeShare(fileId: string, token: string) {
  return act('DELETE', `${pathOf(fileId)}/${token}`)
}

/** Gives the password of a link: this browser then sees it for some hours. */
export function unlockShare(token: string, password: string) {
  return act('POST', `/api/share/${token}`, { password })
}
