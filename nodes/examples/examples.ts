import { answerOrders } from './answer-orders.ts'
import type { ExampleWorkflow } from './example.ts'
import { hourlyReport } from './hourly-report.ts'
import { inviteGuests } from './invite-guests.ts'

/** What a new tenant finds in its list of workflows. */
export const examples: readonly ExampleWorkflow[] = [answerOrders, hourlyReport, inviteGuests]
