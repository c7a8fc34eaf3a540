'use client'

import { clsx } from 'clsx'
import {
  ActivityIcon,
  ClapperboardIcon,
  ImageIcon,
  LibraryBigIcon,
  type LucideIcon,
  MessageSquareIcon,
  SettingsIcon,
  WorkflowIcon,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ThemeToggle } from '#components/ui/theme'
import type { ConnectionStatus } from '#lib/delivery/connection-status'
import { BellSlot } from './bell/bell-slot.tsx'
import { LanguageSwitch } from './language/language-switch.tsx'
import { PageLink } from './page-link.tsx'
import { AccountButton, useHeaderAccount } from './people/account-button.tsx'
import { QueueSlot } from './queue/queue-slot.tsx'
import { Wordmark } from './wordmark.tsx'

// Rooms are icons where there is no room for names; the one that is open has its name from the first width that allows.
const open = { iconStyle: 'sm:hidden', nameStyle: 'max-sm:sr-only' }
const often = { iconStyle: 'lg:hidden', nameStyle: 'max-lg:sr-only' }
// Phones have these in the menu at the end.
const seldom = { iconStyle: 'xl:hidden', nameStyle: 'max-xl:sr-only', doorStyle: 'max-sm:hidden' }

const rooms = [
  { name: 'studio', href: '/tools/video-generator', Icon: ClapperboardIcon, ...often },
  { name: 'images', href: '/tools/image-generator', Icon: ImageIcon, ...often },
  { name: 'chat', href: '/chat', Icon: MessageSquareIcon, ...often },
  { name: 'canvas', href: '/canvas', Icon: WorkflowIcon, ...often },
  { name: 'library', href: '/library', Icon: LibraryBigIcon, ...often },
  { name: 'status', href: '/status', Icon: ActivityIcon, ...seldom },
  { name: 'settings', href: '/settings', Icon: SettingsIcon, ...seldom },
] as const

interface Room {
  name: RoomName
  href: string
  Icon: LucideIcon
  iconStyle: string
  nameStyle: string
  doorStyle?: string
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
  return (
    <header className="sticky top-0 z-20 flex h-14 shrink-0 items-center gap-2 border-b border-hairline bg-ground px-4 sm:gap-6 lg:px-6 xl:px-8">
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
      <nav aria-label={t('rooms')} className="flex h-full items-stretch gap-2 sm:gap-4 lg:gap-5">
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
      <div className="ml-auto flex shrink-0 items-center sm:gap-3">
        <ConnectionIndicator {...connection} />
        <LanguageSwitch className="max-sm:hidden" />
        <ThemeToggle label={t('theme')} className="max-sm:hidden" />
        <QueueSlot />
        <BellSlot />
        <AccountButton account={account} />
      </div>
    </header>
  )
}

/** A link to another room. */
function Door({ href, doorStyle: own, ...room }: Room) {
  return (
    <PageLink
      href={href}
      className={clsx(doorStyle, own, 'border-transparent text-soft hover:text-ink')}
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
      <span title={t(name)} aria-hidden="true" className={iconStyle}>
        <Icon className="mx-0.5 size-5" />
      </span>
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
