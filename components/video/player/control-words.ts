import type { useTranslations } from 'next-intl'
import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js'

/**
 * Teaches the controls of the player a language. They read it when they are drawn, so it comes before. What they count
 * is abbreviated: they have one form for one and one for all other numbers, and Russian has three.
 */
export function nameControls(locale: string, t: ReturnType<typeof useTranslations<'player'>>) {
  const [hours, minutes, seconds] = [t('control.hours'), t('control.minutes'), t('control.seconds')]
  addTranslation(locale, {
    play: t('control.play'),
    Play: t('control.play'),
    pause: t('control.pause'),
    Pause: t('control.pause'),
    mute: t('control.mute'),
    Mute: t('control.mute'),
    unmute: t('control.unmute'),
    Unmute: t('control.unmute'),
    volume: t('control.volume'),
    seek: t('control.seek'),
    'enter fullscreen mode': t('control.enterFullscreen'),
    'Enter fullscreen mode': t('control.enterFullscreen'),
    'exit fullscreen mode': t('control.exitFullscreen'),
    'Exit fullscreen mode': t('control.exitFullscreen'),
    'playback time': t('control.time'),
    '{currentTime} of {totalTime}': t('control.timeOf', {
      time: '{currentTime}',
      total: '{totalTime}',
    }),
    '{time} remaining': t('control.remaining', { time: '{time}' }),
    'video not loaded, unknown time.': t('control.unknownTime'),
    'video player': t('control.player'),
    'media loading': t('control.loading'),
    hour: hours,
    hours,
    minute: minutes,
    minutes,
    second: seconds,
    seconds,
  })
  setLanguage(locale)
}
