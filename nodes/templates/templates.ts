import { boardroom } from './boardroom.ts'
import { expenseApproval } from './expense-approval.ts'
import { failedPayment } from './failed-payment.ts'
import { invoiceMail } from './invoice-mail.ts'
import { leadForm } from './lead-form.ts'
import { nightlyReport } from './nightly-report.ts'
import { orderStock } from './order-stock.ts'
import { pageWatch } from './page-watch.ts'
import { challengerChat, ctoChat, maxChat } from './persona-chat.ts'
import { supportAgent } from './support-agent.ts'
import type { Template } from './template.ts'

/** Every template we ship. Adding one is a new file and a line here. */
export const templates: readonly Template[] = [
  supportAgent,
  orderStock,
  leadForm,
  failedPayment,
  nightlyReport,
  invoiceMail,
  expenseApproval,
  boardroom,
  maxChat,
  ctoChat,
  challengerChat,
  pageWatch,
]
