/** The channels of `#rrggbb`, linear from 0 to 1. */
function linear(hex: string): [number, number, number] {
  const at = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [at(1), at(3), at(5)]
}

/** A maker's colour for buttons, with the text colour that reads best on it; nothing for what is no colour. */
export function accentStyle(accent: string): Record<`--${string}`, string> {
  if (!/^#[0-9a-fA-F]{6}$/.test(accent)) return {}
  const [red, green, blue] = linear(accent)
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  // Where white (1.05 / (l + 0.05)) and near-black ((l + 0.05) / 0.055) read equally well.
  const on = luminance > 0.19 ? '#111111' : '#ffffff'
  return {
    '--accent': accent,
    '--accent-strong': `color-mix(in oklab, ${accent} 88%, ${on})`,
    '--on-accent': on,
  }
}
