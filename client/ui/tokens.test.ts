// @vitest-environment node
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(path.resolve(import.meta.dirname, '../styles.css'), 'utf8')

/** The luminance that WCAG's contrast is made of, of an opaque OKLCH colour clipped to sRGB. */
function luminance(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (channel: number) => Math.min(1, Math.max(0, channel))
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function tokens(selector: string): Map<string, number> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('\n}', start))
  const found = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)
  return new Map(
    [...found].map(([, name = '', l, c, h]) => [name, luminance(Number(l), Number(c), Number(h))] as const),
  )
}

const backgrounds = ['paper', 'surface', 'raised', 'sunken', 'hover']
const tones = ['accent', 'good', 'warn', 'bad', 'violet', 'rose']
const texts = [
  ...['ink', 'muted', 'faint', ...tones].flatMap((text) =>
    backgrounds.map((under) => [text, under] as const),
  ),
  ...tones.map((tone) => [tone, `${tone}-soft`] as const),
  ['ink', 'bad-soft'] as const,
  ['on-accent', 'accent'] as const,
  ['on-accent', 'accent-strong'] as const,
  ['on-bad', 'bad'] as const,
]
const graphics = [['edge', 'surface'] as const, ['edge', 'raised'] as const, ['accent', 'paper'] as const]

describe.each([':root', '[data-theme="dark"]'])('contrast in %s', (selector) => {
  const all = tokens(selector)
  const contrast = ([one, two]: readonly [string, string]) => {
    const [low = Number.NaN, high = Number.NaN] = [all.get(one), all.get(two)]
      .map((value) => value ?? Number.NaN)
      .sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }

  it.each(texts)('text %s on %s is at least 4.5 to 1', (...pair) => {
    expect(contrast(pair)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(graphics)('graphic %s on %s is at least 3 to 1', (...pair) => {
    expect(contrast(pair)).toBeGreaterThanOrEqual(3)
  })
})
