'use client'

import { clsx } from 'clsx'
import {
  ActivityIcon,
  ClapperboardIcon,
  type LucideIcon,
  MessageSquareIcon,
  SettingsIcon,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ThemeToggle } from '#components/ui/theme'
import type { ConnectionStatus } from '#lib/delivery/connection-status'
import { LanguageSwitch } from './language/language-switch.tsx'
import { PageLink } from './page-link.tsx'
import { AccountButton, useHeaderAccount } from './people/account-button.tsx'
import { Wordmark } from './wordmark.tsx'

// Rooms shown as icons: the one that is open on the smallest phones, studio and chat on most, the others on every phone.
const open = { iconStyle: 'min-[24rem]:hidden', nameStyle: 'max-[24rem]:sr-only' }
const often = { iconStyle: 'min-[28rem]:hidden', nameStyle: 'max-[28rem]:sr-only' }
const seldom = { iconStyle: 'sm:hidden', nameStyle: 'max-sm:sr-only' }

const rooms = [
  { name: 'studio', href: '/tools/video-generator', Icon: ClapperboardIcon, ...often },
  { name: 'chat', href: '/chat', Icon: MessageSquareIcon, ...often },
  { name: 'status', href: '/status', Icon: ActivityIcon, ...seldom },
  { name: 'settings', href: '/settings', Icon: SettingsIcon, ...seldom },
] as const

interface Room {
  name: RoomName
  href: string
  Icon: LucideIcon
  iconStyle: string
  nameStyle: string
}

export type RoomName = (typeof rooms)[number]['name']

interface RoomHeaderProps extends ConnectionIndicatorProps {
  /** Null on a page of none of them. */
  room: RoomName | null
  /** The link that skips the header. */
  skip: { href: string; words: string }
  /** Shown in front of the wordmark, on a phone. */
  children?: ReactNode
}

/** The title and the header of every room: skip link, wordmark, navigation, and the state of the connection. */
export function RoomHeader({ room, skip, children, ...connection }: RoomHeaderProps) {
  const t = useTranslations('header')
  const account = useHeaderAccount()
  // On phones the menu of the account has them.
  const inMenu = account && 'max-sm:hidden'
  return (
    <header className="sticky top-0 z-20 flex h-14 shrink-0 items-center gap-3 border-b border-hairline bg-ground px-4 sm:gap-6 lg:px-6 xl:px-8">
      {room && <title>{`${t(room)} · Photofinish`}</title>}
      <a
        href={skip.href}
        className="fixed top-2 left-2 z-50 rounded-md bg-ink px-4 py-3 text-sm text-ground not-focus:sr-only"
      >
        {skip.words}
      </a>
      {children}
      <span className="max-[22.5rem]:hidden">
        <Wordmark isBrief />
      </span>
      <nav aria-label={t('rooms')} className="flex h-full items-stretch gap-3 sm:gap-5">
        {rooms.map((one) =>
          one.name === room ? (
            <h1 key={one.name} className={clsx(doorStyle, 'border-signal text-ink')}>
              <RoomLabel {...one} {...open} />
            </h1>
          ) : (
            <Door key={one.name} {...one} />
          ),
        )}
      </nav>
      <div className="ml-auto flex items-center gap-1 sm:gap-3">
        <ConnectionIndicator {...connection} />
        <LanguageSwitch className={inMenu} />
        <ThemeToggle label={t('theme')} className={inMenu} />
        {account && <AccountButton account={account} />}
      </div>
    </header>
  )
}

/** A link to another room. */
function Door({ href, ...room }: Room) {
  return (
    <PageLink
      href={href}
      className={clsx(doorStyle, 'border-transparent text-soft hover:text-ink')}
    >
      <RoomLabel {...room} />
    </PageLink>
  )
}

/** The name of a room, or its icon on narrow screens. */
function RoomLabel({ name, Icon, iconStyle, nameStyle }: Omit<Room, 'href'>) {
  const t = useTranslations('header')
  return (
    <>
      <Icon aria-hidden="true" className={clsx('mx-0.5 size-5', iconStyle)} />
      <span className={nameStyle}>{t(name)}</span>
    </>
  )
}

/** The current room is underlined. */
const doorStyle =
  'flex min-w-6 items-center border-y-2 border-t-transparent text-sm whitespace-nowrap'

export interface ConnectionIndicatorProps {
  status: ConnectionStatus
}

/** A dot and a word: how news of unfinished videos arrives. */
function ConnectionIndicator({ status }: ConnectionIndicatorProps) {
  const t = useTranslations('header')
  return (
    <span className="flex items-center gap-2 text-sm text-soft" title={t('connection')}>
      <span
        aria-hidden="true"
        className={clsx(
          'size-2 rounded-full border',
          status === 'connected' ? 'border-signal bg-signal' : 'border-edge',
        )}
      />
      <span className="max-sm:sr-only">{t(`connection_${status}`)}</span>
    </span>
  )
}
