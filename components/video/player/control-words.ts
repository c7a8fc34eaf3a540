import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js'
import type { MessageKey, MessageRef } from '#lib/messages/message'

/** Which message each text of the controls is. */
const messages: Record<string, MessageKey> = {
  play: 'player.control.play',
  pause: 'player.control.pause',
  mute: 'player.control.mute',
  unmute: 'player.control.unmute',
  volume: 'player.control.volume',
  seek: 'player.control.seek',
  'enter fullscreen mode': 'player.control.enterFullscreen',
  'exit fullscreen mode': 'player.control.exitFullscreen',
  'playback time': 'player.control.time',
  '{currentTime} of {totalTime}': 'player.control.timeOf',
  'video not loaded, unknown time.': 'player.control.unknownTime',
  'video player': 'player.control.player',
  // Abbreviated: the controls have one form for one and one for all other numbers, and Russian has three.
  hour: 'player.control.hours',
  hours: 'player.control.hours',
  minute: 'player.control.minutes',
  minutes: 'player.control.minutes',
  second: 'player.control.seconds',
  seconds: 'player.control.seconds',
}

// The controls fill these in themselves.
const values = { time: '{currentTime}', total: '{totalTime}' }

/** Teaches the controls of the player a language. They read it when they are drawn, so it comes before. */
export function nameControls(locale: string, say: (message: MessageRef) => string) {
  const words = Object.entries(messages).map(([text, key]) => [text, say({ key, values })] as const)
  // A control has two texts: its name, and a tooltip that begins with a capital.
  const tooltips = words.map(([text, word]) => [capitalized(text), word] as const)
  addTranslation(locale, Object.fromEntries([...words, ...tooltips]))
  setLanguage(locale)
}

function capitalized(text: string) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
