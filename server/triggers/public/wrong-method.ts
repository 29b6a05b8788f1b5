import { HttpRefusal } from '../http-refusal.ts'

export function wrongMethod(allow: string): HttpRefusal {
  return new HttpRefusal({
    status: 405,
    code: 'method_not_allowed',
    message: `This address takes ${allow}`,
    headers: { allow },
  })
}
