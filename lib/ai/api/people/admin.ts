import type { InvitationView, OrganizationsPage, PeoplePage } from '#lib/contract/people/admin'
import { hasFields } from '#lib/contract/problem'
import { act, ask } from './ask-people.ts'
import { isLink } from './organizations.ts'

// For the owner and the admins of the installation.

const people = '/api/admin/people'
const invitations = '/api/admin/invitations'

export function readPeople(search: string, cursor: string | null): Promise<PeoplePage> {
  const query = new URLSearchParams({ ...(search && { search }), ...(cursor && { cursor }) })
  return ask('GET', `${people}?${query}`, isPeoplePage)
}

export async function changeRole(id: string, role: 'admin' | 'user') {
  await act('POST', personPath(id, 'role'), { role })
}

export async function banPerson(id: string) {
  await act('POST', personPath(id, 'ban'), {})
}

export async function unbanPerson(id: string) {
  await act('POST', personPath(id, 'unban'), {})
}

export async function signOutPerson(id: string) {
  await act('POST', personPath(id, 'revoke-sessions'), {})
}

/** A link that sets a new password for an account, shown once. */
export async function makeResetLink(id: string) {
  return (await ask('POST', personPath(id, 'reset-link'), isLink, {})).url
}

export async function readInvitations(): Promise<InvitationView[]> {
  return (await ask('GET', invitations, isInvitationsAnswer)).invitations
}

/** A link that lets one person into the installation, shown once. */
export async function invite(role: 'admin' | 'user', days: number) {
  return (await ask('POST', invitations, isLink, { role, days })).url
}

export async function revokeInvitation(id: string) {
  await act('DELETE', `${invitations}/${encodeURIComponent(id)}`)
}

export function readOrganizations(cursor: string | null): Promise<OrganizationsPage> {
  const query = new URLSearchParams({ ...(cursor && { cursor }) })
  return ask('GET', `/api/admin/organizations?${query}`, isOrganizationsPage)
}

function isOrganizationsPage(value: unknown): value is OrganizationsPage {
  return Array.isArray((value as OrganizationsPage | null)?.organizations)
}

function personPath(id: string, action: string) {
  return `${people}/${encodeURIComponent(id)}/${action}`
}

function isPeoplePage(value: unknown): value is PeoplePage {
  return Array.isArray((value as PeoplePage | null)?.people)
}

function isInvitationsAnswer(value: unknown): value is { invitations: InvitationView[] } {
  return hasFields(value, {}) && Array.isArray((value as { invitations?: unknown }).invitations)
}
