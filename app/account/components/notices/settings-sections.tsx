'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/form/select'
import { Switch } from '#components/ui/form/switch'
import { readNoticeSettings, saveNoticeSettings, testChannel } from '#lib/ai/api/people/notices'
import { type NoticeSettingsView, noticeKinds } from '#lib/contract/people/notices'
import { localeNames } from '#lib/messages/locales'
import { message } from '#lib/messages/message'
import { Awaited, Section } from '../../../people/section-page.tsx'
import { useAnswer } from '../../../people/use-answer.ts'
import type { Doing } from '../../../people/use-doing.ts'
import { runTest } from './answer-words.ts'

/** Which channels tell the user, of what, and in which language. A change is saved at once. */
export function SettingsSections({ doing }: { doing: Doing }) {
  const t = useTranslations('notices.screen')
  const { answer, error, reload } = useAnswer('notice settings', readNoticeSettings)
  const save = (changed: NoticeSettingsView) =>
    doing.run(() => saveNoticeSettings(changed).then(reload), message('notices.screen.saved'))
  return (
    <>
      <Section id="channels-heading" title={t('channels')} help={t('channelsHelp')}>
        <Awaited answer={answer} error={error} reload={reload} />
        {answer && <Channels settings={answer} save={save} doing={doing} />}
      </Section>
      {answer && answer.available.length > 0 && (
        <Section id="kinds-heading" title={t('kinds')}>
          <Kinds settings={answer} save={save} />
        </Section>
      )}
    </>
  )
}

interface SettingsProps {
  settings: NoticeSettingsView
  save: (changed: NoticeSettingsView) => void
}

function Channels({ settings, save, doing }: SettingsProps & { doing: Doing }) {
  const t = useTranslations('notices.screen')
  const { available, channels } = settings
  if (available.length === 0) return <p className="text-sm text-soft">{t('noneHere')}</p>
  return (
    <div className="max-w-md space-y-4">
      <ul>
        {available.map((channel) => {
          const name = t(`channel_${channel}`)
          return (
            <li key={channel} className="flex items-center gap-4">
              <div className="min-w-0 flex-1">
                <Switch
                  label={name}
                  checked={channels[channel]}
                  onChange={({ target }) =>
                    save({ ...settings, channels: { ...channels, [channel]: target.checked } })
                  }
                />
              </div>
              <Button
                size="small"
                variant="quiet"
                aria-label={t('testOf', { channel: name })}
                onClick={() => runTest(doing, () => testChannel(channel))}
              >
                {t('test')}
              </Button>
            </li>
          )
        })}
      </ul>
      <LanguageField settings={settings} save={save} />
    </div>
  )
}

function LanguageField({ settings, save }: SettingsProps) {
  const t = useTranslations('notices.screen')
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm text-soft">
        {t('language')}
      </label>
      <Select
        id={id}
        value={settings.locale}
        onChange={({ target }) =>
          save({ ...settings, locale: target.value === 'ru' ? 'ru' : 'en' })
        }
      >
        {(['en', 'ru'] as const).map((one) => (
          <option key={one} value={one} lang={one}>
            {localeNames[one]}
          </option>
        ))}
      </Select>
    </div>
  )
}

function Kinds({ settings, save }: SettingsProps) {
  const t = useTranslations('notices.screen')
  return (
    <ul className="max-w-md">
      {noticeKinds.map((kind) => (
        <li key={kind}>
          <Switch
            label={t(`kind_${shortOf(kind)}`)}
            checked={settings.kinds[kind]}
            onChange={({ target }) =>
              save({ ...settings, kinds: { ...settings.kinds, [kind]: target.checked } })
            }
          />
        </li>
      ))}
    </ul>
  )
}

type Short = 'completed' | 'failed' | 'delayed' | 'decision'

/** The kind without the thing it is of. */
export function shortOf(kind: `video.${Short}`) {
  return kind.slice('video.'.length) as Short
}
