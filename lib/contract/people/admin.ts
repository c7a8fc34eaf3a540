import type { OrganizationRole } from './organization.ts'
import type { Caller } from './caller.ts'

// What the owner and the admins of the installation see.

export interface PersonView {
  id: string
  name: string
  email: string
  role: Caller['role']
  isBanned: boolean
  createdAt: string
}

export interface PeoplePage {
  people: PersonView[]
  nextCursor: string | null
}

/** What an invitation gives. */
export interface InvitationOffer {
  role: 'admin' | 'user'
  organization: { name: string } | null
  organizationRole: OrganizationRole | null
  /** Whether one without an account gets one by it; else it is for those who have one. */
  givesAccount: boolean
  expiresAt: string
}

export interface InvitationView {
  id: string
  role: 'admin' | 'user'
  organization: { id: string; name: string } | null
  organizationRole: OrganizationRole | null
  createdAt: string
  expiresAt: string
  state: 'open' | 'used' | 'expired' | 'revoked'
}

export interface OrganizationRow {
  id: string
  name: string
  /** How many it has. */
  members: number
  createdAt: string
}

/** `GET /api/admin/organizations`. */
export interface OrganizationsPage {
  organizations: OrganizationRow[]
  nextCursor: string | null
}
