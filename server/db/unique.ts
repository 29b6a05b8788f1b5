import { AppError } from '#server/errors.ts'
import { Prisma } from './generated/client.ts'

/** Does the work; when what it writes has to be unique and is not, `conflict` with the message. */
export async function refuseDouble<T>(work: () => Promise<T>, message: string): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new AppError('conflict', message)
    throw error
  }
}
