import { t } from 'media-chrome/dist/utils/i18n.js'
import { formatAsTimePhrase } from 'media-chrome/dist/utils/time.js'
import { expect, test } from 'vitest'
import { sayIn } from '#lib/messages/translate'
import { nameControls } from './control-words.ts'

test('the controls speak the language they were taught last', () => {
  nameControls('ru', (message) => sayIn('ru', message))
  expect([t('play'), t('Play')]).toEqual(['Воспроизвести', 'Воспроизвести'])
  expect(t('Exit fullscreen mode')).toBe('Выйти из полного экрана')
  expect(t('{currentTime} of {totalTime}', { currentTime: '0:01', totalTime: '0:05' })).toBe(
    '0:01 из 0:05',
  )
  expect(formatAsTimePhrase(3725)).toBe('1 ч, 2 мин, 5 с')
  nameControls('en', (message) => sayIn('en', message))
  expect(t('mute')).toBe('Mute')
  expect(formatAsTimePhrase(61)).toBe('1 min, 1 s')
})
