import { z } from 'zod'

/** Any JSON value: what steps take, give and keep. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export const Json: z.ZodType<Json> = z.json()
