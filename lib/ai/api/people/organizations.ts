import type {
  OrganizationAnswer,
  OrganizationInvitation,
  OrganizationInvitationsAnswer,
  OrganizationRole,
} from '#lib/contract/people/organization'
import { hasFields } from '#lib/contract/problem'
import { act, ask } from './ask-people.ts'

const path = '/api/organizations'

export function readOrganization(id: string): Promise<OrganizationAnswer> {
  return ask('GET', pathOf(id), isOrganization)
}

export async function createOrganization(name: string) {
  await act('POST', path, { name })
}

export async function changeMember(id: string, userId: string, role: OrganizationRole) {
  await act('PATCH', memberPath(id, userId), { role })
}

/** Removes a member; by one's own id, leaves. */
export async function removeMember(id: string, userId: string) {
  await act('DELETE', memberPath(id, userId))
}

/** A link that lets one person into the organization, shown once. */
export async function inviteToOrganization(id: string, role: OrganizationRole, days: number) {
  return (await ask('POST', `${pathOf(id)}/invitations`, isLink, { role, days })).url
}

/** The links that still let someone in. */
export async function readOpenInvitations(id: string): Promise<OrganizationInvitation[]> {
  return (await ask('GET', `${pathOf(id)}/invitations`, isInvitationsAnswer)).invitations
}

export async function revokeOrganizationInvitation(id: string, invitationId: string) {
  await act('DELETE', `${pathOf(id)}/invitations/${encodeURIComponent(invitationId)}`)
}

function isInvitationsAnswer(value: unknown): value is OrganizationInvitationsAnswer {
  return Array.isArray((value as OrganizationInvitationsAnswer | null)?.invitations)
}

/** Whose things are seen and paid for from now on: an organization's, or one's own. */
export async function workAs(organizationId: string | null) {
  await act('PUT', '/api/account/active', { organizationId })
}

function pathOf(id: string) {
  return `${path}/${encodeURIComponent(id)}`
}

function memberPath(id: string, userId: string) {
  return `${pathOf(id)}/members/${encodeURIComponent(userId)}`
}

function isOrganization(value: unknown): value is OrganizationAnswer {
  return hasFields(value, { id: 'string', name: 'string' })
}

export function isLink(value: unknown): value is { url: string } {
  return hasFields(value, { url: 'string' })
}
