const MAX = 200
/** Of what is looked at, at the beginning and at the end: strangers send names too. */
const LOOKED_AT = 1_000
// Control signs, and what turns the direction of writing so that exe looks like png.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** A name to show and to save under: no folders, nothing hidden, never empty. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const shown = short(last)
    .replace(HIDDEN, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return cut(shown) || 'file'
}

const short = (name: string) =>
  name.length > 2 * LOOKED_AT ? name.slice(0, LOOKED_AT) + name.slice(-LOOKED_AT) : name

/** Keeps the ending: it says what a long name is. */
function cut(name: string): string {
  const signs = Array.from(name)
  if (signs.length <= MAX) return name
  const ending = /\.[\p{L}\p{N}]{1,12}$/u.exec(name)?.[0] ?? ''
  return signs.slice(0, MAX - ending.length).join('') + ending
}

/** `Content-Disposition` that saves and never shows (RFC 6266). */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
