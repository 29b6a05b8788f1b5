import type { Outputs } from '#client/lib/router-types.ts'

export type MemberRow = Outputs['members']['list'][number]
export type InvitationRow = Outputs['members']['invitations'][number]
