/** A colour in OKLab: mixes stay as bright and as colourful as the eye expects. */
export interface Color {
  l: number
  a: number
  b: number
}

/** From `#rrggbb`. */
export function colorOf(hex: string): Color {
  const value = Number.parseInt(hex.slice(1), 16)
  return fromLinear(
    toLinear((value >> 16) & 255),
    toLinear((value >> 8) & 255),
    toLinear(value & 255),
  )
}

/** `amount` 0 is `from`, 1 is `to`. */
export function mixColors(from: Color, to: Color, amount: number): Color {
  return {
    l: from.l + (to.l - from.l) * amount,
    a: from.a + (to.a - from.a) * amount,
    b: from.b + (to.b - from.b) * amount,
  }
}

/** Lightness and colourfulness times a factor. */
export function scaleColor(color: Color, lightness: number, chroma = 1): Color {
  return { l: color.l * lightness, a: color.a * chroma, b: color.b * chroma }
}

/** Red, green and blue, 0 to 255, not rounded: a painter that dithers needs the fractions. */
export function rgbOf({ l, a, b }: Color): [number, number, number] {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    toByte(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    toByte(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    toByte(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ]
}

/** For a canvas: `rgba(...)`. */
export function cssOf(color: Color, alpha = 1) {
  const [red, green, blue] = rgbOf(color).map(Math.round)
  return `rgba(${red},${green},${blue},${alpha.toFixed(4)})`
}

/** For a 32-bit pixel buffer, opaque. */
export function pixelOf(color: Color) {
  const [red, green, blue] = rgbOf(color).map(Math.round) as [number, number, number]
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

function toLinear(byte: number) {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function toByte(linear: number) {
  const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.min(255, Math.max(0, value * 255))
}

function fromLinear(red: number, green: number, blue: number): Color {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return {
    l: 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  }
}
