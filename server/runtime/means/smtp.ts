import { z } from 'zod'
import { fail } from '#nodes/kit/failure.ts'
import type { mailOf } from '#server/drivers/message.ts'
import { type SmtpLogin, sendBySmtp, verifySmtp } from '#server/drivers/smtp.ts'
import type { ConnectionDoor, Which } from '../connection-door.ts'
import { socketsOf } from '../connection-sockets.ts'
import { liveConnection } from '../live-connection.ts'

/** As `email.smtp` keeps it: fields are texts. */
const Login = z.object({
  host: z.string(),
  port: z.coerce.number().int(),
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().optional(),
  password: z.string().optional(),
}) satisfies z.ZodType<SmtpLogin>

/** The mail server of a connection. */
export function smtpOf(
  door: ConnectionDoor,
  about: Which & { kinds: readonly string[]; signal: AbortSignal },
) {
  const place = async () => {
    const { fields } = await liveConnection(door, about)
    const login = Login.safeParse(fields)
    if (!login.success)
      throw fail('connection_wrong_kind', 'The connection of this step is not a mail server')
    return { login: login.data, connect: socketsOf(door), signal: about.signal }
  }
  return {
    send: async (mail: ReturnType<typeof mailOf>) => sendBySmtp(await place(), mail),
    verify: async () => verifySmtp(await place()),
  }
}
