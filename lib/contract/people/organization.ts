/** From the least to the most a member may do. */
export const organizationRoles = ['member', 'admin', 'owner'] as const
export type OrganizationRole = (typeof organizationRoles)[number]

/** Whether a member may invite, remove, rename and manage keys. */
export function mayManage(role: OrganizationRole) {
  return role !== 'member'
}

export interface OrganizationView {
  id: string
  name: string
  /** That of the reader. */
  role: OrganizationRole
}

export interface MemberView {
  userId: string
  name: string
  email: string
  role: OrganizationRole
  /** ISO time. */
  since: string
}

/** `GET /api/organizations/<id>`, for its members. */
export interface OrganizationAnswer extends OrganizationView {
  members: MemberView[]
}

/** `GET /api/organizations`: those the reader is a member of. */
export interface OrganizationsAnswer {
  organizations: OrganizationView[]
}

/** Of an organization's name, and of a key's, in characters. */
export const nameMaxLength = 60

/** A link that still lets one person in. */
export interface OrganizationInvitation {
  id: string
  role: OrganizationRole
  /** ISO times. */
  createdAt: string
  expiresAt: string
  createdBy: string | null
}

/** `GET /api/organizations/<id>/invitations`. */
export interface OrganizationInvitationsAnswer {
  invitations: OrganizationInvitation[]
}
