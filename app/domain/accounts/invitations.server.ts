import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { auditedTransaction, db } from '#db/client.ts'
import { invitations, mailLinks, users } from '#db/schema/index.ts'
import { isStaff } from './accounts.ts'
import { lockPeople } from './change-person.server.ts'
import { type Appointment, refusalToAppoint, type StaffRefusal } from './staff.ts'

/** Who was asked to join and has not answered, with the mail that asks and how long its link works. */
export async function listInvitations() {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: sql<Appointment['role']>`${invitations.role}`,
      areas: invitations.areas,
      invitedBy: users.name,
      createdAt: invitations.createdAt,
      expiresAt: mailLinks.expiresAt,
      mailId: mailLinks.mailId,
    })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedById))
    .leftJoin(mailLinks, and(eq(mailLinks.invitationId, invitations.id), isNull(mailLinks.usedAt)))
    .orderBy(asc(invitations.email))
}

export type InviteResult = { ok: true } | { ok: false; reason: StaffRefusal | 'on-staff' | 'suspended' }

/**
 * Asks somebody by mail to join the staff. An earlier invitation of the address is replaced, and its link is dead.
 * Refused for people who are on the staff already or kept out of the shop, and by the rules of refusalToAppoint.
 */
export async function invite(input: Appointment & { email: string; by: number }): Promise<InviteResult> {
  const { email, role, areas } = input
  return auditedTransaction(input.by, async (tx) => {
    const [by] = await lockPeople(tx, [input.by])
    if (!by || by.disabledAt) return { ok: false, reason: 'not-allowed' }
    const [former] = await tx.select().from(invitations).where(eq(invitations.email, email)).for('update')
    const reason = refusalToAppoint(by, input) ?? (former && refusalToAppoint(by, appointmentOf(former)))
    if (reason) return { ok: false, reason }
    const [known] = await tx
      .select({ role: users.role, disabledAt: users.disabledAt })
      .from(users)
      .where(eq(users.email, email))
    if (known && isStaff(known)) return { ok: false, reason: 'on-staff' }
    if (known?.disabledAt) return { ok: false, reason: 'suspended' }

    const values = { role, areas, invitedById: by.id, createdAt: sql`now()` }
    const [invitation] = await tx
      .insert(invitations)
      .values({ email, ...values })
      .onConflictDoUpdate({ target: invitations.email, set: values })
      .returning({ id: invitations.id })
    const invitationId = invitation!.id
    await tx.delete(mailLinks).where(eq(mailLinks.invitationId, invitationId))
    await enqueueAccountMail(tx, {
      kind: 'invitation',
      to: email,
      link: { kind: 'invitation', invitationId },
    })
    return { ok: true }
  })
}

export type WithdrawResult = { ok: true; email: string } | { ok: false; reason: StaffRefusal | 'gone' }

/** Takes an invitation back; its link is dead from now on. */
export async function withdrawInvitation(input: { id: number; by: number }): Promise<WithdrawResult> {
  return auditedTransaction(input.by, async (tx) => {
    const [by] = await lockPeople(tx, [input.by])
    const [found] = await tx.select().from(invitations).where(eq(invitations.id, input.id)).for('update')
    if (!found) return { ok: false, reason: 'gone' }
    const reason = by && !by.disabledAt ? refusalToAppoint(by, appointmentOf(found)) : 'not-allowed'
    if (reason) return { ok: false, reason }
    await tx.delete(invitations).where(eq(invitations.id, found.id))
    return { ok: true, email: found.email }
  })
}

/** The table holds no other roles. */
export function appointmentOf(row: typeof invitations.$inferSelect): Appointment {
  return { role: row.role === 'admin' ? 'admin' : 'staff', areas: row.areas }
}
