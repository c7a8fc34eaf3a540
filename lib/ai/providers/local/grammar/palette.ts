import { type Color, colorOf, mixColors, scaleColor } from '../color.ts'
import type { ScenePlan, TimeOfDay } from './scene-plan.ts'

/** The colours of a film. Everything drawn is mixed from these, so that the light is consistent. */
export interface Palette {
  /** The sky from the top down to the horizon. */
  zenith: Color
  upper: Color
  lower: Color
  horizon: Color
  /** The sun's disc, or the moon's. */
  sun: Color
  /** The sky around it. */
  glow: Color
  /** What distance fades to. */
  haze: Color
  /** Solid things close by. */
  land: Color
  /** Deep water close by. */
  water: Color
  /** Windows and lanterns. */
  lamp: Color
  /** 0 in daylight, 1 at night: how far stars and lamps come out. */
  darkness: number
}

type Hues = Record<Exclude<keyof Palette, 'darkness'>, string> & { darkness: number }

const hues: Record<TimeOfDay, Hues> = {
  dawn: {
    zenith: '#31518c',
    upper: '#7288bf',
    lower: '#dba6b8',
    horizon: '#ffd9ae',
    sun: '#fff3dc',
    glow: '#ffc08e',
    haze: '#d3b4c0',
    land: '#25263c',
    water: '#27466b',
    lamp: '#ffd9a0',
    darkness: 0.3,
  },
  day: {
    zenith: '#1763b8',
    upper: '#3f92db',
    lower: '#8ec8ee',
    horizon: '#d9eef6',
    sun: '#fffef6',
    glow: '#fff4d0',
    haze: '#b4d6ea',
    land: '#1d3f38',
    water: '#0a5285',
    lamp: '#e8f4ff',
    darkness: 0,
  },
  sunset: {
    zenith: '#231f52',
    upper: '#693574',
    lower: '#e2604f',
    horizon: '#ffb458',
    sun: '#fff0c4',
    glow: '#ff9a4a',
    haze: '#c4646a',
    land: '#1e1430',
    water: '#2b1f4c',
    lamp: '#ffc878',
    darkness: 0.45,
  },
  night: {
    zenith: '#040716',
    upper: '#0a1432',
    lower: '#16294f',
    horizon: '#31507a',
    sun: '#f2f5ff',
    glow: '#8fb2e8',
    haze: '#20375c',
    land: '#050913',
    water: '#06142c',
    lamp: '#ffcf87',
    darkness: 1,
  },
}

const grey = colorOf('#8a95a3')

/** The colours of a plan: the time's own, dimmed by the weather and turned towards the tints the prompt names. */
export function paletteOf(plan: ScenePlan): Palette {
  const own = hues[plan.time]
  const isWet = plan.elements.includes('rain')
  const isVeiled = isWet || plan.elements.includes('fog')
  const dulled = isWet ? 0.5 : isVeiled || plan.elements.includes('snow') ? 0.3 : 0
  const paint = (name: keyof Hues, tintStrength: number) => {
    const color = colorOf(own[name] as string)
    const dull = mixColors(color, { l: color.l * (isWet ? 0.86 : 1), a: grey.a, b: grey.b }, dulled)
    return tinted(dull, plan.tints, name, tintStrength)
  }
  return {
    zenith: paint('zenith', 0.6),
    upper: paint('upper', 0.7),
    lower: paint('lower', 0.75),
    horizon: paint('horizon', 0.6),
    sun: paint('sun', 0.15),
    glow: paint('glow', 0.55),
    haze: paint('haze', 0.75),
    land: paint('land', 0.5),
    water: paint('water', 0.7),
    lamp: paint('lamp', 0.25),
    darkness: Math.min(1, own.darkness + (isWet ? 0.3 : 0)),
  }
}

/** Which of several tints a colour turns to: the first colours the sky above, the last the ground below. */
const share: Partial<Record<keyof Hues, number>> = {
  zenith: 0,
  upper: 0,
  lower: 0.5,
  land: 1,
  water: 1,
}

function tinted(color: Color, tints: string[], name: keyof Hues, strength: number): Color {
  if (tints.length === 0) return color
  const place = Math.round((share[name] ?? 0.5) * (tints.length - 1))
  const tint = colorOf(tints[place]!)
  // The hue of the tint and most of the lightness of the hour, so that a red night stays a night.
  const target = scaleColor(tint, 1, 0.5 + color.l * 0.6)
  return mixColors(
    color,
    { ...target, l: color.l * 0.75 + tint.l * 0.25 * Math.min(1, color.l * 1.6) },
    strength,
  )
}
