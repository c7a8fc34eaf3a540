'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ThemeToggle } from '#components/ui/theme-toggle'
import { ConnectionIndicator, type ConnectionIndicatorProps } from './connection-indicator.tsx'
import { Wordmark } from './wordmark.tsx'

const rooms = [
  { name: 'Video generator', href: '/tools/video-generator' },
  { name: 'Chat', href: '/chat' },
] as const

interface RoomHeaderProps extends ConnectionIndicatorProps {
  room: (typeof rooms)[number]['name']
  /** Where the way past the header leads. */
  skip: { href: string; words: string }
  /** Stands in front of the mark, on a phone. */
  children?: ReactNode
}

/** The head of every room: the way past it, the name of the house, its doors, and whether its line is open. */
export function RoomHeader({ room, skip, children, ...connection }: RoomHeaderProps) {
  return (
    <header className="sticky top-0 z-20 flex h-14 shrink-0 items-center gap-3 border-b border-hairline bg-ground px-4 sm:gap-6 lg:px-6 xl:px-8">
      <a
        href={skip.href}
        className="fixed top-2 left-2 z-50 rounded-md bg-ink px-4 py-3 text-sm text-ground not-focus:sr-only"
      >
        {skip.words}
      </a>
      {children}
      <Wordmark isBrief />
      <nav aria-label="Rooms" className="flex h-full items-stretch gap-4 sm:gap-5">
        {rooms.map(({ name, href }) =>
          name === room ? (
            <h1 key={name} className={clsx(doorStyle, 'border-signal text-ink')}>
              {name}
            </h1>
          ) : (
            <Link
              key={name}
              href={href}
              className={clsx(doorStyle, 'border-transparent text-soft hover:text-ink')}
            >
              {name}
            </Link>
          ),
        )}
      </nav>
      <div className="ml-auto flex items-center gap-1 sm:gap-3">
        <ConnectionIndicator {...connection} />
        <ThemeToggle />
      </div>
    </header>
  )
}

/** The room one stands in is underlined by the line itself. */
const doorStyle =
  'flex min-w-6 items-center border-y-2 border-t-transparent text-sm whitespace-nowrap'
