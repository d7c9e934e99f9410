import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { deleteInvitationLinks } from '#app/domain/mail/email-links.server.ts'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
import { auditedTransaction, db } from '#db/client.ts'
import { invitations, emailLinks, users } from '#db/schema/index.ts'
import { isStaff } from '#app/domain/access/roles.ts'
import { lockUsers } from './change-user.server.ts'
import { type StaffAccess, checkCanGrant, type StaffRefusal } from './staff.ts'

/** Open invitations, with their email and how long the link is valid. */
export async function listInvitations() {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: sql<StaffAccess['role']>`${invitations.role}`,
      permissions: invitations.permissions,
      invitedBy: users.name,
      createdAt: invitations.createdAt,
      expiresAt: emailLinks.expiresAt,
      emailId: emailLinks.emailId,
    })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedById))
    .leftJoin(emailLinks, and(eq(emailLinks.invitationId, invitations.id), isNull(emailLinks.usedAt)))
    .orderBy(asc(invitations.email))
}

export type CreateInvitationResult =
  { ok: true } | { ok: false; reason: StaffRefusal | 'already-staff' | 'suspended' }

/**
 * Invites someone to the staff by email. Replaces an earlier invitation of the address, whose link becomes invalid.
 * Refused for staff members and suspended users, and by the rules of checkCanGrant.
 */
export async function createInvitation(
  input: StaffAccess & { email: string; by: number },
): Promise<CreateInvitationResult> {
  const { email, role, permissions } = input
  return auditedTransaction(input.by, async (tx) => {
    const [by] = await lockUsers(tx, [input.by])
    if (!by || by.disabledAt) return { ok: false, reason: 'not-allowed' }
    const [former] = await tx.select().from(invitations).where(eq(invitations.email, email)).for('update')
    const reason = checkCanGrant(by, input) ?? (former && checkCanGrant(by, toStaffAccess(former)))
    if (reason) return { ok: false, reason }
    const [known] = await tx
      .select({ role: users.role, disabledAt: users.disabledAt })
      .from(users)
      .where(eq(users.email, email))
    if (known && isStaff(known)) return { ok: false, reason: 'already-staff' }
    if (known?.disabledAt) return { ok: false, reason: 'suspended' }

    const values = { role, permissions, invitedById: by.id, createdAt: sql`now()` }
    const [invitation] = await tx
      .insert(invitations)
      .values({ email, ...values })
      .onConflictDoUpdate({ target: invitations.email, set: values })
      .returning({ id: invitations.id })
    const invitationId = invitation!.id
    await deleteInvitationLinks(tx, invitationId)
    await enqueueAccountEmail(tx, {
      kind: 'invitation',
      to: email,
      link: { kind: 'invitation', invitationId },
    })
    return { ok: true }
  })
}

export type RevokeInvitationResult =
  { ok: true; email: string } | { ok: false; reason: StaffRefusal | 'not-found' }

/** Revokes an invitation; its link becomes invalid immediately. */
export async function revokeInvitation(input: { id: number; by: number }): Promise<RevokeInvitationResult> {
  return auditedTransaction(input.by, async (tx) => {
    const [by] = await lockUsers(tx, [input.by])
    const [found] = await tx.select().from(invitations).where(eq(invitations.id, input.id)).for('update')
    if (!found) return { ok: false, reason: 'not-found' }
    const reason = by && !by.disabledAt ? checkCanGrant(by, toStaffAccess(found)) : 'not-allowed'
    if (reason) return { ok: false, reason }
    await tx.delete(invitations).where(eq(invitations.id, found.id))
    return { ok: true, email: found.email }
  })
}

/** The table allows no other roles. */
export function toStaffAccess(row: typeof invitations.$inferSelect): StaffAccess {
  return { role: row.role === 'admin' ? 'admin' : 'staff', permissions: row.permissions }
}
