/** A refusal that is about HTTP itself rather than the product: sizes, media types, origins. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Record<string, string>

  constructor(about: { status: number; code: string; message: string; headers?: Record<string, string> }) {
    super(about.message)
    this.name = 'HttpRefusal'
    this.status = about.status
    this.code = about.code
    this.headers = about.headers ?? {}
  }
}
