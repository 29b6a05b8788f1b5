import type { HttpRequest } from '#nodes/kit/http.ts'

export interface EgressRequest extends HttpRequest {
  signal?: AbortSignal
  /** Every hop must go to one of these hosts: exact names, `host:port`, or `*.example.com`. */
  allowedHosts?: readonly string[]
  /**
   * A credential. `attach` is called at the last moment, for the first origin only and only when it is one of
   * `hosts`; the first redirect elsewhere leaves it behind for good.
   */
  connection?: { hosts: readonly string[]; attach(request: HttpRequest): HttpRequest }
}
