'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { linkTelegram, readTelegram, unlinkTelegram } from '#lib/ai/api/people/telegram'
import type { TelegramChatView, TelegramLinkAnswer } from '#lib/contract/people/telegram'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { Awaited, Section, rowStyle, rowsStyle } from '../../../people/section-page.tsx'
import { useAnswer } from '../../../people/use-answer.ts'
import type { Doing } from '../../../people/use-doing.ts'
import { QrCode } from '../qr-code.tsx'

/** The chats in Telegram that use the account: linked by a link or its QR code, and unlinked. Not there without a bot. */
export function TelegramSection({ doing }: { doing: Doing }) {
  const t = useTranslations('account.telegram')
  const { answer, error, reload } = useAnswer('telegram', readTelegram)
  const [made, setMade] = useState<TelegramLinkAnswer>()
  if (answer && !answer.isOn) return null
  const link = () => doing.run(async () => setMade(await linkTelegram()))
  const close = () => {
    setMade(undefined)
    void reload()
  }
  return (
    <Section
      id="telegram-heading"
      title={t('title')}
      help={t('help')}
      aside={
        answer &&
        !made && (
          <Button size="small" aria-disabled={doing.isBusy} onClick={link}>
            {t('link')}
          </Button>
        )
      }
    >
      {made && <NewLink made={made} onClose={close} />}
      {error || !answer ? (
        <Awaited answer={answer} error={error} reload={reload} />
      ) : (
        !made && <Chats chats={answer.chats} doing={doing} onChange={reload} />
      )}
    </Section>
  )
}

/** Each bot's link, as a button for this device and as a code for a phone. */
function NewLink({ made, onClose }: { made: TelegramLinkAnswer; onClose: () => void }) {
  const t = useTranslations('account.telegram')
  return (
    <div className="space-y-5 text-sm">
      <p className="max-w-prose text-pretty">{t('howTo', { minutes: made.minutes })}</p>
      <ul className="flex flex-wrap gap-8">
        {made.links.map(({ bot, botUsername, url }) => (
          <li key={bot} className="space-y-3">
            <QrCode text={url} label={t('qr')} />
            <div className="flex items-center gap-1">
              <a
                href={url}
                target="_blank"
                rel="noreferrer"
                className="inline-flex min-h-9 items-center underline underline-offset-4 touch:min-h-11"
              >
                {t('open', { bot: `@${botUsername}` })}
              </a>
              <CopyButton label={t('copy')} text={url} />
            </div>
          </li>
        ))}
      </ul>
      <Button size="small" onClick={onClose}>
        {t('close')}
      </Button>
    </div>
  )
}

interface ChatsProps {
  chats: readonly TelegramChatView[]
  doing: Doing
  onChange: () => Promise<void>
}

function Chats({ chats, doing, onChange }: ChatsProps) {
  const t = useTranslations('account.telegram')
  if (chats.length === 0) return <p className="text-sm text-soft">{t('none')}</p>
  const remove = (chat: TelegramChatView) =>
    doing.run(
      async () => {
        await unlinkTelegram(chat)
        await onChange()
      },
      message('account.telegram.unlinked', { bot: `@${chat.botUsername}` }),
    )
  return (
    <ul className={rowsStyle}>
      {chats.map((chat) => (
        <Chat key={`${chat.bot} ${chat.telegramId}`} chat={chat} onUnlink={() => remove(chat)} />
      ))}
    </ul>
  )
}

function Chat({ chat, onUnlink }: { chat: TelegramChatView; onUnlink: () => void }) {
  const t = useTranslations('account.telegram')
  const { date } = useFormat()
  const bot = `@${chat.botUsername}`
  const { username, account, isBlocked, linkedAt } = chat
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1">
        <p dir="auto">{username ? t('chatOf', { bot, username }) : bot}</p>
        {account && <p className="text-soft">{t('pays', { name: account })}</p>}
        <p className="text-soft">
          {isBlocked ? t('blocked') : t('since', { date: date(linkedAt) })}
        </p>
      </div>
      <Button size="small" variant="quiet" aria-label={t('unlinkName', { bot })} onClick={onUnlink}>
        {t('unlink')}
      </Button>
    </li>
  )
}
