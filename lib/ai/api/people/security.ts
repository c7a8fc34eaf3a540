import { hasFields } from '#lib/contract/problem'
import { act, ask, askAuth } from './ask-people.ts'

export async function rename(name: string) {
  await askAuth('POST', 'update-user', { name })
}

/** Changes the password, and signs out every other browser. */
export async function changePassword(currentPassword: string, newPassword: string) {
  const body = { currentPassword, newPassword, revokeOtherSessions: true }
  await askAuth('POST', 'change-password', body)
}

export interface TwoFactorSetup {
  /** `otpauth://...`, as authenticator apps read it. */
  totpURI: string
  backupCodes: string[]
}

/** Begins to turn two-factor on; it is on once a code of the app is confirmed. */
export async function beginTwoFactor(password: string): Promise<TwoFactorSetup> {
  return (await askAuth('POST', 'two-factor/enable', { password })) as TwoFactorSetup
}

export async function confirmTwoFactor(code: string) {
  await askAuth('POST', 'two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') })
}

export async function endTwoFactor(password: string) {
  await askAuth('POST', 'two-factor/disable', { password })
}

/** New backup codes; the old ones stop working. */
export async function renewBackupCodes(password: string): Promise<string[]> {
  const answer = await askAuth('POST', 'two-factor/generate-backup-codes', { password })
  return (answer as Pick<TwoFactorSetup, 'backupCodes'>).backupCodes
}

/** The key in the address of an authenticator app, in groups of four to be typed. */
export function secretOf(totpURI: string) {
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  return secret.match(/.{1,4}/g)?.join(' ') ?? ''
}

export interface SessionView {
  id: string
  userAgent: string | null
  lastUsedAt: string
  isCurrent: boolean
}

const sessions = '/api/account/sessions'

export async function readSessions(): Promise<SessionView[]> {
  return (await ask('GET', sessions, isSessionsAnswer)).sessions
}

export async function revokeSession(id: string) {
  await act('DELETE', `${sessions}/${encodeURIComponent(id)}`)
}

export async function revokeOtherSessions() {
  await askAuth('POST', 'revoke-other-sessions', {})
}

function isSessionsAnswer(value: unknown): value is { sessions: SessionView[] } {
  return hasFields(value, {}) && Array.isArray((value as { sessions?: unknown }).sessions)
}
